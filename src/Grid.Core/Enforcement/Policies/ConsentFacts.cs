namespace Grid.Core.Enforcement.Policies;

/// <summary>How the recipients of a message agreed to it, as its sender declares; each may be absent.</summary>
public sealed record ConsentFacts
{
    /// <summary>Such as "double-opt-in"; lower case.</summary>
    public string? Method { get; init; }

    /// <summary>When it was given.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Address from which it was given.</summary>
    public string? Ip { get; init; }

    /// <summary>Where the addresses come from, such as "form" or "purchased"; as a word of <see cref="SourceWords"/>.</summary>
    public string? Source { get; init; }

    /// <summary>Reference to the proof.</summary>
    public string? Evidence { get; init; }

    /// <summary>Who took it: "direct" or "third-party".</summary>
    public string? Channel { get; init; }

    /// <summary>The box was ticked beforehand.</summary>
    public bool? PreTicked { get; init; }

    /// <summary>What they signed up for.</summary>
    public string? Topic { get; init; }

    /// <summary>Version of the notice that they saw.</summary>
    public string? Notice { get; init; }

    /// <summary>Whom it was given to, where that is said.</summary>
    public string? GivenTo { get; init; }

    /// <summary>When they took it back.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
