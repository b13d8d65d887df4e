using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace Grid.Mail.Mime;

/// <summary>
/// Writes header fields, folded at 78 columns where there is a blank to fold at (RFC 5322 section 2.1.1), text beyond ASCII as
/// encoded words (RFC 2047). Values must be free of controls: callers check with <see cref="Characters.HeaderControls"/>.
/// </summary>
internal struct HeaderWriter(MimeBuffer buffer)
{
    /// <summary>Longest line that is written where it can be folded.</summary>
    public const int PreferredLineLength = 78;

    /// <summary>Longest line that RFC 5322 allows, without its line end.</summary>
    public const int MaxLineLength = 998;

    private const int MaxEncodedWordLength = 75;

    // A quoted string cannot be folded without changing it; a longer one is encoded.
    private const int MaxQuotedLength = 60;

    // The parts of an encoded word around its payload: =?utf-8?B? and ?=
    private const int EncodedWordFrame = 12;

    private static readonly SearchValues<byte> PlainInQ = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/"u8);

    private readonly MimeBuffer buffer = buffer;
    private int lineStart = buffer.Length;
    private bool isEmpty;

    private readonly int Column => buffer.Length - lineStart;

    public void Begin(ReadOnlySpan<char> name)
    {
        lineStart = buffer.Length;
        isEmpty = true;
        Ascii(name);
        buffer.Write((byte)':');
    }

    public readonly void End() => buffer.Write("\r\n"u8);

    /// <summary>A token after a blank, on a new line where it would cross the preferred length.</summary>
    public void Token(ReadOnlySpan<char> token)
    {
        Blank(token.Length);
        Ascii(token);
    }

    /// <summary>Characters joined to what stands before.</summary>
    public readonly void Joined(ReadOnlySpan<char> text) => Ascii(text);

    /// <summary>Free text (RFC 5322 unstructured): as it is where it is plain ASCII, else as encoded words.</summary>
    public void Unstructured(string text)
    {
        if (IsPlain(text))
        {
            Words(text);
        }
        else
        {
            Encoded(text);
        }
    }

    /// <summary>A display name: atoms, a quoted string, or encoded words.</summary>
    public void Phrase(string name)
    {
        if (IsPlain(name) && IsAtoms(name))
        {
            Words(name);
        }
        else if (IsPlain(name) && name.Length <= MaxQuotedLength)
        {
            Token(Quote(name));
        }
        else
        {
            Encoded(name);
        }
    }

    /// <summary>A mailbox, followed by what joins it to the next.</summary>
    public void Mailbox(Mailbox mailbox, ReadOnlySpan<char> following)
    {
        if (mailbox.Name.Length > 0)
        {
            Phrase(mailbox.Name);
        }

        var address = mailbox.Address;
        var length = Encoding.UTF8.GetByteCount(address.LocalPart) + 1 + address.Domain.Length + following.Length;
        var isAngled = mailbox.Name.Length > 0;
        Blank(isAngled ? length + 2 : length);
        Ascii(isAngled ? "<" : "");
        buffer.Advance(Encoding.UTF8.GetBytes(address.LocalPart, buffer.GetSpan(address.LocalPart.Length * 3)));
        buffer.Write((byte)'@');
        Ascii(address.Domain);
        Ascii(isAngled ? ">" : "");
        Ascii(following);
    }

    /// <summary>A quoted string by RFC 5322 section 3.2.4.</summary>
    public static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>Whether a free text can be written without encoding and read back the same.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text) =>
        System.Text.Ascii.IsValid(text)
        && (text.Length == 0 || (text[0] != ' ' && text[^1] != ' '))
        && !text.Contains("=?", StringComparison.Ordinal)
        && LongestWord(text) < MaxLineLength - PreferredLineLength;

    /// <summary>Length of the longest run without a blank.</summary>
    public static int LongestWord(ReadOnlySpan<char> text)
    {
        var longest = 0;
        while (text.Length > longest)
        {
            var end = text.IndexOf(' ');
            longest = Math.Max(longest, end < 0 ? text.Length : end);
            text = end < 0 ? default : text[(end + 1)..];
        }

        return longest;
    }

    private static bool IsAtoms(ReadOnlySpan<char> name)
    {
        foreach (var range in name.Split(' '))
        {
            var word = name[range];
            if (word.Length == 0 || word.IndexOfAnyExcept(Characters.Atext) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Ascii(ReadOnlySpan<char> text)
    {
        var span = buffer.GetSpan(text.Length);
        System.Text.Ascii.FromUtf16(text, span, out var written);
        buffer.Advance(written);
    }

    private void Blank(int following)
    {
        // Never right after the name: some readers take such a field for an empty one.
        if (!isEmpty && Column + 1 + following > PreferredLineLength)
        {
            Fold();
        }

        isEmpty = false;
        buffer.Write((byte)' ');
    }

    private void Fold()
    {
        buffer.Write("\r\n"u8);
        lineStart = buffer.Length;
    }

    /// <summary>Words with the blanks between them kept: a fold adds none, as it stands before a blank of the text.</summary>
    private void Words(ReadOnlySpan<char> text)
    {
        isEmpty = false;
        buffer.Write((byte)' ');
        if (Column + text.Length <= PreferredLineLength)
        {
            Ascii(text);
            return;
        }

        var isFirst = true;
        while (text.Length > 0)
        {
            var blanks = text.IndexOfAnyExcept(' ');
            var end = text[blanks..].IndexOf(' ');
            var length = end < 0 ? text.Length : blanks + end;
            if (!isFirst && Column + length > PreferredLineLength)
            {
                Fold();
            }

            Ascii(text[..length]);
            text = text[length..];
            isFirst = false;
        }
    }

    private void Encoded(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var plain = 0;
        foreach (var b in utf8)
        {
            plain += PlainInQ.Contains(b) || b == ' ' ? 1 : 0;
        }

        var useQ = plain + (utf8.Length - plain) * 3 <= (utf8.Length + 2) / 3 * 4;
        ReadOnlySpan<byte> rest = utf8;
        while (rest.Length > 0)
        {
            var room = Math.Min(MaxEncodedWordLength, PreferredLineLength - Column - 1) - EncodedWordFrame;
            if (room < 12 && Column > 0)
            {
                Fold();
                room = MaxEncodedWordLength - EncodedWordFrame;
            }

            isEmpty = false;
            var take = useQ ? TakeQ(rest, room) : TakeB(rest, room);
            buffer.Write(useQ ? " =?utf-8?Q?"u8 : " =?utf-8?B?"u8);
            if (useQ)
            {
                WriteQ(rest[..take]);
            }
            else
            {
                Base64.EncodeToUtf8(rest[..take], buffer.GetSpan(80), out _, out var written);
                buffer.Advance(written);
            }

            buffer.Write("?="u8);
            rest = rest[take..];
        }
    }

    private static int TakeB(ReadOnlySpan<byte> utf8, int room) => WholeCharacters(utf8, Math.Min(utf8.Length, room / 4 * 3));

    private static int TakeQ(ReadOnlySpan<byte> utf8, int room)
    {
        var used = 0;
        var take = 0;
        for (; take < utf8.Length; take++)
        {
            used += PlainInQ.Contains(utf8[take]) || utf8[take] == ' ' ? 1 : 3;
            if (used > room)
            {
                break;
            }
        }

        return WholeCharacters(utf8, take);
    }

    /// <summary>A character's bytes are never spread over two encoded words (RFC 2047 section 5).</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> utf8, int take)
    {
        while (take > 0 && take < utf8.Length && (utf8[take] & 0xC0) == 0x80)
        {
            take--;
        }

        return take;
    }

    private readonly void WriteQ(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (b == ' ')
            {
                buffer.Write((byte)'_');
            }
            else if (PlainInQ.Contains(b))
            {
                buffer.Write(b);
            }
            else
            {
                buffer.Write((byte)'=');
                buffer.Write((byte)"0123456789ABCDEF"[b >> 4]);
                buffer.Write((byte)"0123456789ABCDEF"[b & 15]);
            }
        }
    }
}
