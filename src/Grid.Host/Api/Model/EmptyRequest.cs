namespace Grid.Host.Api.Model;

/// <summary>A request that says nothing in its body.</summary>
public sealed record EmptyRequest;
