namespace Grid.Host.Console.Observed;

/// <summary>Every limit from a sending IP to a site, and what holds.</summary>
/// <param name="Held">Why nothing is sent now; null where it is.</param>
internal sealed record LaneLimits(string Ip, string Site, IReadOnlyList<LaneLimit> All, string? Held)
{
    public const string ConnectionsKind = "connections";
    public const string MessagesKind = "messages a connection";
    public const string RateKind = "rate";

    public LaneLimit? Connections => Tightest(ConnectionsKind);

    public LaneLimit? MessagesPerConnection => Tightest(MessagesKind);

    public LaneLimit? Rate => Tightest(RateKind);

    /// <summary>Is it the tightest of its kind?</summary>
    public bool Holds(LaneLimit limit) => double.IsFinite(limit.Tightness) && ReferenceEquals(Tightest(limit.Kind), limit);

    private LaneLimit? Tightest(string kind) => All.Where(limit => limit.Kind == kind && double.IsFinite(limit.Tightness)).MinBy(limit => limit.Tightness);
}
