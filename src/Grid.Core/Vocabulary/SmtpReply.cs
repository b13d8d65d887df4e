using System.Globalization;

namespace Grid.Core.Vocabulary;

/// <summary>What a receiver said: RFC 5321 reply, with RFC 3463's enhanced code where it gave one.</summary>
/// <param name="Code">200 to 599; 0 where no reply was had (the connection failed), and the text says why.</param>
/// <param name="Enhanced">For example "5.1.1"; empty where none was given.</param>
/// <param name="Text">The words, lines joined by one space, without the codes; at most 1,000 characters.</param>
public sealed record SmtpReply(int Code, string Enhanced, string Text)
{
    /// <summary>Longest text that is kept of a reply, in characters.</summary>
    public const int MaxTextLength = 1000;

    public bool IsPositive => Code is >= 200 and < 400;

    public bool IsTransient => Code is >= 400 and < 500 or 0;

    public bool IsPermanent => Code is >= 500 and < 600;

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code} {Enhanced}{(Enhanced.Length > 0 ? " " : "")}{Text}");
}
