namespace Grid.Host.Api.SendGrid;

/// <summary>A group that the recipient may unsubscribe from. It is kept with the message; unsubscribing is Grid's own.</summary>
/// <param name="GroupsToDisplay">At most 25.</param>
public sealed record SendGridAsm(int? GroupId, IReadOnlyList<int>? GroupsToDisplay);
