namespace Grid.Core.Enforcement.Vetting;

/// <summary>Something for a tenant's vetting file; what is null or empty changes nothing.</summary>
/// <param name="Action">What the ledger calls it, such as vetting-acceptance.</param>
/// <param name="By">operator, tenant or grid.</param>
/// <param name="Words">In words, for the ledger.</param>
public sealed record VettingNote(string Action, string By, string Words)
{
    /// <inheritdoc cref="VettingFile.LegalType"/>
    public string? LegalType { get; init; }

    public IReadOnlyList<string>? SenderNames { get; init; }

    public string? PaymentMark { get; init; }

    public string? KeyIp { get; init; }

    public PolicyAcceptance? Acceptance { get; init; }

    public IReadOnlyList<RegimeAttestation> Attestations { get; init; } = [];

    public AskedAddress? Address { get; init; }

    public DomainProof? Domain { get; init; }

    public ChecklistEntry? Item { get; init; }

    public IReadOnlyList<IdentityMatch> Matches { get; init; } = [];

    public VettingDecision? Decision { get; init; }

    /// <summary>Whether it says anything that the file doesn't have.</summary>
    public bool Changes(VettingFile file) =>
        (LegalType is not null && LegalType != file.LegalType) || (SenderNames is not null && !SenderNames.SequenceEqual(file.SenderNames, StringComparer.Ordinal))
        || (PaymentMark is not null && PaymentMark != file.PaymentMark) || (KeyIp is not null && !file.KeyIps.Contains(KeyIp)) || Acceptance is not null || Attestations.Count > 0
        || Address is not null || Domain is not null || Item is not null || Matches.Except(file.Matches).Any() || Decision is not null;
}
