namespace Grid.Mail.Ingress;

/// <summary>What we answer: a code, an enhanced code (RFC 3463) and words.</summary>
/// <param name="Code">200 to 599.</param>
/// <param name="Enhanced">For example "5.7.1"; empty only where RFC 2034 forbids one (the greeting, EHLO, 354, 334).</param>
/// <param name="Text">Words, ASCII; anything else is written as "?". Long texts are folded into lines of one reply; at most 2,000 characters are sent.</param>
public sealed record SmtpServerReply(int Code, string Enhanced, string Text)
{
    /// <summary>Longest text that is sent, in characters.</summary>
    public const int MaxTextLength = 2000;

    /// <summary>250 2.0.0 with words.</summary>
    public static SmtpServerReply Accepted(string text) => new(250, "2.0.0", text);

    internal bool IsRefusal => Code >= 400;
}
