using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>The end of one transaction.</summary>
/// <param name="Recipients">One final reply per recipient, in the transaction's order: the refusal of its RCPT, or the dot's reply, or what ended
/// the transaction before (the refusal of MAIL or DATA, a 421, or code 0 with the reason for a lost connection).</param>
/// <param name="ConnectionLost">The connection cannot be used any more.</param>
/// <param name="Stage">How far it got.</param>
/// <param name="Next">What became of the transaction that <c>next</c> handed out.</param>
public sealed record SmtpTransactionResult(IReadOnlyList<SmtpReply> Recipients, bool ConnectionLost, SmtpFailureStage Stage, SmtpNext Next)
{
    /// <summary>For each recipient which command its reply answers; null where all were taken, or nothing was asked.</summary>
    public IReadOnlyList<AnsweredCommand>? Answered { get; init; }
}
