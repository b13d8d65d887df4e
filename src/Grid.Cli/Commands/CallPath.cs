namespace Grid.Cli.Commands;

/// <summary>Where a call goes; names in braces are arguments. What a tenant has and the operator sees too has a path for each: the key's own, or another's with --tenant, or the platform's with --platform.</summary>
internal sealed record CallPath(string Own, string? OfTenant = null, string? OfPlatform = null)
{
    /// <summary>What lies below.</summary>
    public CallPath Then(string below) => new(Own + below, OfTenant is null ? null : OfTenant + below, OfPlatform is null ? null : OfPlatform + below);
}
