using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;

namespace Grid.Testing;

/// <summary>What a scripted receiver does with a transaction.</summary>
/// <param name="Replies">One for each recipient; empty: 250 to all.</param>
/// <param name="Attempted">False: it closed before it answered anything of the transaction.</param>
/// <param name="Closes">The connection is gone afterwards, and with it a transaction that had begun in the same write.</param>
public sealed record ScriptedAnswer(IReadOnlyList<SmtpReply> Replies, bool Attempted = true, bool Closes = false)
{
    /// <summary>Which command each reply answers; null where it doesn't say.</summary>
    public IReadOnlyList<AnsweredCommand>? Answered { get; init; }

    /// <summary>250 to every recipient.</summary>
    public static ScriptedAnswer Accepts { get; } = new([]);

    /// <summary>It closes before the transaction is answered.</summary>
    public static ScriptedAnswer ClosesBefore { get; } = new([], Attempted: false, Closes: true);

    /// <summary>The connection is lost in the middle of the message.</summary>
    public static ScriptedAnswer Lost { get; } = new([new(0, "4.4.2", "the connection was lost")], Closes: true);

    /// <summary>One reply to the only recipient, or to each of them.</summary>
    public static ScriptedAnswer Says(params SmtpReply[] replies) => new(replies);
}
