using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>The conversation cannot go on: the connection was lost, timed out, closed by a 421, or the receiver broke the protocol.</summary>
/// <param name="reply">The receiver's last words (a 421), or code 0 with the reason.</param>
internal sealed class SmtpWireException(SmtpReply reply, Exception? inner = null) : Exception(reply.ToString(), inner)
{
    /// <summary>A reason of our own; it may quote the receiver and is cut to a reply's bound.</summary>
    public SmtpWireException(string reason, Exception? inner = null)
        : this(Because(reason), inner)
    {
    }

    /// <summary>What stands for the recipients that have no reply of their own.</summary>
    public SmtpReply Reply { get; } = reply;

    /// <summary>Status of a connection that was not as secure as it had to be.</summary>
    public const string InsecureStatus = "4.7.5";

    /// <summary>Not as secure as it had to be.</summary>
    public static SmtpWireException Insecure(string reason) => new(Because(reason) with { Enhanced = InsecureStatus });

    /// <summary>A reply that stands for a reason of our own.</summary>
    public static SmtpReply Because(string reason) =>
        new(0, "", reason.Length <= SmtpReply.MaxTextLength ? reason : reason[..SmtpReply.MaxTextLength]);
}
