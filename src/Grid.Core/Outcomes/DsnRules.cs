using Grid.Core.Vocabulary;

namespace Grid.Core.Outcomes;

/// <summary>
/// Decides what a sender is told (RFC 3461). In: what it asked, and an outcome. Out: what to tell, or nothing. Guarantees: whoever asked for
/// nothing hears nothing; what a tenant or an operator withdrew is no failure; a delivery is "relayed" only where nobody further on reports.
/// </summary>
public static class DsnRules
{
    /// <summary>What an outcome tells the sender; null: nothing.</summary>
    /// <param name="passedOn">The next host was told what the sender asked, and reports by itself.</param>
    public static DsnAction? Of(DsnNotify asked, OutcomeRecord record, bool passedOn) => record.Kind switch
    {
        OutcomeKind.Delivered => asked.HasFlag(DsnNotify.Success) && !passedOn ? DsnAction.Relayed : null,
        OutcomeKind.Bounced or OutcomeKind.Expired or OutcomeKind.Suppressed => asked.HasFlag(DsnNotify.Failure) ? DsnAction.Failed : null,
        OutcomeKind.Deferred or OutcomeKind.Cancelled or OutcomeKind.Complained or OutcomeKind.Unsubscribed => null,
        _ => throw new ArgumentOutOfRangeException(nameof(record), record.Kind, "no such outcome"),
    };

    /// <summary>What a report from further on tells the sender, if that asked for it.</summary>
    public static bool IsAsked(DsnNotify asked, DsnAction action) => asked.HasFlag(action switch
    {
        DsnAction.Failed => DsnNotify.Failure,
        DsnAction.Delayed => DsnNotify.Delay,
        DsnAction.Delivered or DsnAction.Relayed or DsnAction.Expanded => DsnNotify.Success,
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "no such action"),
    });

    /// <summary>
    /// NOTIFY as it goes on to the next host; null: without. Reports from there come to our own return path, and failures count here whatever
    /// the sender wants to hear: so FAILURE is always among them, and NEVER, which holds between the sender and us, goes no further.
    /// </summary>
    public static string? PassedOn(DsnNotify? notify)
    {
        if (notify is not { } asked || asked == DsnNotify.None)
        {
            return null;
        }

        return (asked.HasFlag(DsnNotify.Success) ? "SUCCESS," : "") + "FAILURE" + (asked.HasFlag(DsnNotify.Delay) ? ",DELAY" : "");
    }
}
