namespace Grid.Host.Api.Model;

/// <summary>A sending IP as PUT.</summary>
/// <param name="Pool">Default: default.</param>
/// <param name="Ehlo">Host name that it greets with; default: this host's.</param>
/// <param name="Warmup">Its warm-up; absent: none.</param>
public sealed record IpRequest(string? Pool, string? Ehlo, IpLimitsBody? Limits, WarmupRequest? Warmup)
{
    /// <summary>Name of the policy that it is under. Default: default.</summary>
    public string? Policy { get; init; }

    /// <summary>HOST:PORT of a proxy through which its connections go (PROXY protocol, version 2). Absent: none, the address is this host's.</summary>
    public string? Proxy { get; init; }
}
