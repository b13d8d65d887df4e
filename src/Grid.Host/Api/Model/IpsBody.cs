namespace Grid.Host.Api.Model;

/// <summary>Sending IPs in order of address text.</summary>
/// <param name="Next">Give this as <c>after</c> for the next page; absent on the last page.</param>
public sealed record IpsBody(IReadOnlyList<IpBody> Ips, string? Next);
