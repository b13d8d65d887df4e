namespace Grid.Host.Api.Model;

/// <summary>What a signing key is to become.</summary>
/// <param name="State">active: signs from now on, once its record is seen in the DNS; retired: signs no more.</param>
/// <param name="Force">With active, by an operator: without a look into the DNS.</param>
public sealed record KeyStateRequest(string? State, bool? Force);
