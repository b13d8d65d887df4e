namespace Grid.Core.Enforcement.Vetting;

/// <summary>All that is on record about who a tenant is.</summary>
public sealed record VettingFile
{
    /// <summary>Nothing is on record.</summary>
    public static VettingFile Empty { get; } = new();

    /// <summary>company or person; null: not said.</summary>
    public string? LegalType { get; init; }

    /// <summary>Names that its From fields may show, at most 50.</summary>
    public IReadOnlyList<string> SenderNames { get; init; } = [];

    /// <summary>Keyed hash of what it pays with; null: none was given.</summary>
    public string? PaymentMark { get; init; }

    /// <summary>Addresses from which its keys were asked for, at most 50, the latest.</summary>
    public IReadOnlyList<string> KeyIps { get; init; } = [];

    /// <summary>The last for each policy.</summary>
    public IReadOnlyList<PolicyAcceptance> Acceptances { get; init; } = [];

    /// <summary>The last for each regime.</summary>
    public IReadOnlyList<RegimeAttestation> Attestations { get; init; } = [];

    public IReadOnlyList<AskedAddress> Addresses { get; init; } = [];

    public IReadOnlyList<DomainProof> Domains { get; init; } = [];

    public IReadOnlyList<ChecklistEntry> Checklist { get; init; } = [];

    public IReadOnlyList<IdentityMatch> Matches { get; init; } = [];

    /// <summary>Null while it is open.</summary>
    public VettingDecision? Decision { get; init; }

    /// <summary>The file with what a note brings; what it says again takes the place of what was said.</summary>
    public VettingFile With(VettingNote note) => this with
    {
        LegalType = note.LegalType ?? LegalType,
        SenderNames = note.SenderNames ?? SenderNames,
        PaymentMark = note.PaymentMark ?? PaymentMark,
        KeyIps = note.KeyIp is { } ip ? [.. KeyIps.Where(k => k != ip).TakeLast(MaxEach - 1), ip] : KeyIps,
        Acceptances = note.Acceptance is { } accepted ? [.. Acceptances.Where(a => a.Policy != accepted.Policy), accepted] : Acceptances,
        Attestations = [.. Attestations.Where(a => !note.Attestations.Any(n => n.Regime == a.Regime)), .. note.Attestations],
        Addresses = note.Address is { } address ? [.. Addresses.Where(a => a.Address != address.Address).TakeLast(MaxEach - 1), Merge(address)] : Addresses,
        Domains = note.Domain is { } domain ? [.. Domains.Where(d => d.Domain != domain.Domain), domain] : Domains,
        Checklist = note.Item is { } item ? [.. Checklist.Where(c => c.Item != item.Item), item] : Checklist,
        Matches = [.. Matches, .. note.Matches.Except(Matches)],
        Decision = note.Decision ?? Decision,
    };

    /// <summary>Most addresses and origins of keys that are kept.</summary>
    public const int MaxEach = 50;

    // Asking again takes no confirmation away.
    private AskedAddress Merge(AskedAddress asked) =>
        asked.ConfirmedAt is null && Addresses.FirstOrDefault(a => a.Address == asked.Address)?.ConfirmedAt is { } confirmed ? asked with { ConfirmedAt = confirmed } : asked;
}
