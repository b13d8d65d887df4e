namespace Grid.Host.Api.Model;

/// <summary>An address that is to be confirmed by mail.</summary>
public sealed record AddressRequest(string? Address);
