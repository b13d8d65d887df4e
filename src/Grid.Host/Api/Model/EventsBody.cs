namespace Grid.Host.Api.Model;

/// <summary>Events, newest last.</summary>
/// <param name="Next">Give this as <c>after</c> to go on; it stays good when nothing new has happened.</param>
public sealed record EventsBody(IReadOnlyList<EventBody> Events, string Next);
