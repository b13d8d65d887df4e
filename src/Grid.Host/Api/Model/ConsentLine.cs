namespace Grid.Host.Api.Model;

/// <summary>How one recipient agreed: a line of an import as NDJSON, or the body of a PUT, where the address stands in the path.</summary>
/// <param name="Method">Such as double-opt-in, at most 100 characters.</param>
/// <param name="At">When it was given, RFC 3339, not in the future.</param>
/// <param name="Ip">Address from which it was given.</param>
/// <param name="Source">Where it was given, at most 500 characters.</param>
public sealed record ConsentLine(string? Address, string? Method, string? At, string? Ip, string? Source)
{
    /// <summary>Reference to the proof, at most 500 characters.</summary>
    public string? Evidence { get; init; }

    /// <summary>Who took it: direct or third-party.</summary>
    public string? Channel { get; init; }

    /// <summary>The box was ticked beforehand.</summary>
    public bool? PreTicked { get; init; }

    /// <summary>What the recipient agreed to hear about, at most 100 characters. Default: whatever the tenant sends.</summary>
    public string? Topic { get; init; }

    /// <summary>Version of the notice that the recipient saw.</summary>
    public string? Notice { get; init; }

    /// <summary>The tenant's list, at most 100 characters.</summary>
    public string? List { get; init; }

    /// <summary>Lawful basis: consent (the default), contract, legal-obligation, vital-interests, public-task or legitimate-interests.</summary>
    public string? Basis { get; init; }

    /// <summary>Whom it was given to. Default: the tenant.</summary>
    public string? GivenTo { get; init; }

    /// <summary>When it was taken back, RFC 3339.</summary>
    public string? RevokedAt { get; init; }

    /// <summary>Taken and left out of account, so that an export can be imported: who imports is known.</summary>
    public string? RevokedBy { get; init; }

    /// <inheritdoc cref="RevokedBy"/>
    public string? RecordedAt { get; init; }

    /// <inheritdoc cref="RevokedBy"/>
    public string? By { get; init; }
}
