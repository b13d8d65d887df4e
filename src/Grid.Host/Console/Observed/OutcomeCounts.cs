using Grid.Core.Vocabulary;

namespace Grid.Host.Console.Observed;

/// <summary>Outcomes, counted.</summary>
public readonly record struct OutcomeCounts(long Delivered, long Deferred, long Bounced, long Other)
{
    public long Total => Delivered + Deferred + Bounced + Other;

    /// <summary>What a receiver answered to.</summary>
    public long Attempts => Delivered + Deferred + Bounced;

    public static OutcomeCounts Of(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Delivered => new(1, 0, 0, 0),
        OutcomeKind.Deferred => new(0, 1, 0, 0),
        OutcomeKind.Bounced => new(0, 0, 1, 0),
        OutcomeKind.Expired or OutcomeKind.Suppressed or OutcomeKind.Cancelled or OutcomeKind.Complained or OutcomeKind.Unsubscribed => new(0, 0, 0, 1),
        _ => throw new InvalidOperationException($"no outcome {kind}"),
    };

    public static OutcomeCounts operator +(OutcomeCounts a, OutcomeCounts b) => new(a.Delivered + b.Delivered, a.Deferred + b.Deferred, a.Bounced + b.Bounced, a.Other + b.Other);
}
