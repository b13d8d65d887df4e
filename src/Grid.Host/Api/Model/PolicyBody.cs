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
    IReadOnlyList<ClauseBody> Clauses);
