namespace Grid.Host.Demo;

/// <summary>How to look around in the running grid by hand: lines for a shell.</summary>
/// <param name="Url">Of API and metrics.</param>
internal sealed record Invitation(string Url, string OperatorKey, string TenantKey)
{
    public IReadOnlyList<string> Lines { get; } =
    [
        $"G={Url}",
        $"O={OperatorKey}   # the operator's key",
        $"T={TenantKey}   # the key of tenant/shop",
        "curl -H \"Authorization: Bearer $O\" $G/v1/decisions?subject=tenant/bargains",
        "curl -H \"Authorization: Bearer $O\" $G/v1/tenants/almost",
        "curl -H \"Authorization: Bearer $T\" $G/v1/messages --json \\",
        "  '{\"from\":\"me@shop.example\",\"to\":[\"you@gmail-like.example\"],\"subject\":\"Hi\",\"text\":\"Hi\"}'",
    ];
}
