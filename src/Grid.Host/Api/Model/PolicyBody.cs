namespace Grid.Host.Api.Model;

/// <summary>A policy. Durations are written 90d, 48h, 20min, 30s.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="VettingRequired">New tenants are pending until an operator activates them.</param>
/// <param name="RepeatWindow">How long a suspension is remembered.</param>
/// <param name="SuspensionsToTerminate">So many in that time terminate.</param>
public sealed record PolicyBody(
    string Policy,
    int Version,
    bool VettingRequired,
    string RepeatWindow,
    int SuspensionsToTerminate,
    RetryBody Retry,
    IReadOnlyList<ClauseBody> Clauses)
{
    /// <summary>What it is, in a sentence.</summary>
    public string? Words { get; init; }

    /// <summary>The date that it gives itself.</summary>
    public DateOnly? Effective { get; init; }

    /// <summary>The policy that it was written on top of.</summary>
    public string? Extends { get; init; }

    /// <summary>SHA-256 over its text and that of what it extends.</summary>
    public string? Hash { get; init; }

    public DateTimeOffset? PushedAt { get; init; }

    /// <summary>Who pushed it: operator, or grid for what is built in.</summary>
    public string? By { get; init; }

    public string? Reason { get; init; }

    /// <summary>The highest version number given; higher than the version after a roll-back or with a trial.</summary>
    public int? LastVersion { get; init; }

    /// <summary>A version for a share of the subjects, or in shadow; absent where there is none.</summary>
    public TrialBody? Trial { get; init; }

    public string? MediaType { get; init; }

    /// <summary>As it was written.</summary>
    public string? Text { get; init; }
}
