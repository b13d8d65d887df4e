namespace Grid.Core.Vocabulary;

/// <summary>What was asked for a recipient (RCPT of RFC 3461).</summary>
/// <param name="Recipient">Index of the recipient in the message's list.</param>
/// <param name="Notify">NOTIFY; null where not given.</param>
/// <param name="Original">ORCPT, address type and xtext as given; null where not given.</param>
public sealed record DsnParameters(int Recipient, DsnNotify? Notify, string? Original)
{
    /// <summary>Of what the sender hears: without NOTIFY, of failures (RFC 3461, 4.1).</summary>
    public DsnNotify Asked => Notify ?? DsnNotify.Failure;
}
