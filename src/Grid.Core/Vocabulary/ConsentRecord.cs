namespace Grid.Core.Vocabulary;

/// <summary>How one recipient agreed to be mailed by one tenant, with what proves it.</summary>
public sealed record ConsentRecord
{
    public required string Tenant { get; init; }

    /// <summary>In its normal form.</summary>
    public required string Address { get; init; }

    /// <summary>What the recipient agreed to hear about; empty: whatever the tenant sends.</summary>
    public string Topic { get; init; } = "";

    /// <summary>Such as "double-opt-in"; lower case.</summary>
    public required string Method { get; init; }

    /// <summary>When it was given, to the millisecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Address from which it was given.</summary>
    public string? Ip { get; init; }

    /// <summary>Where it was given: a form's address or name.</summary>
    public string? Source { get; init; }

    /// <summary>Reference to the proof.</summary>
    public string? Evidence { get; init; }

    /// <summary>Who took it: "direct" or "third-party".</summary>
    public string? Channel { get; init; }

    /// <summary>The box was ticked beforehand.</summary>
    public bool? PreTicked { get; init; }

    /// <summary>Version of the notice that the recipient saw.</summary>
    public string? Notice { get; init; }

    /// <summary>The tenant's list that the recipient is on; empty: none is named.</summary>
    public string List { get; init; } = "";

    /// <summary>Lawful basis (GDPR, Article 6(1), which took the place of Directive 95/46/EC, Article 7): consent, contract, legal-obligation, vital-interests, public-task, legitimate-interests.</summary>
    public string Basis { get; init; } = "consent";

    /// <summary>Whom it was given to, where that isn't the tenant; null: the tenant.</summary>
    public string? GivenTo { get; init; }

    /// <summary>When it was taken back; null: it holds.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Who took it back: recipient, tenant, operator or grid.</summary>
    public string? RevokedBy { get; init; }

    /// <summary>When it was written down.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Who wrote it down: recipient (a confirmed mail), tenant or operator.</summary>
    public required string By { get; init; }
}
