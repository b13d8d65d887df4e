using System.Buffers;
using System.Globalization;

namespace Grid.Mail.Mime;

/// <summary>The character classes of RFC 5322 and RFC 2045.</summary>
internal static class Characters
{
    /// <summary>RFC 5322 atext: what an unquoted word is made of.</summary>
    public static readonly SearchValues<char> Atext = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~");

    /// <summary>RFC 2045 token.</summary>
    public static readonly SearchValues<char> Token = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-^_`{|}~.");

    /// <summary>RFC 2231 attribute-char: a token without <c>*</c>, <c>'</c> and <c>%</c>.</summary>
    public static readonly SearchValues<char> Attribute = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-^_`{|}~.");

    /// <summary>C0 controls and DEL: none may stand in a header value that we write.</summary>
    public static readonly SearchValues<char> HeaderControls = SearchValues.Create([.. Enumerable.Range(0, 32).Select(static c => (char)c), (char)127]);

    /// <summary>C0 controls that a text body may hold only in encoded form: all but TAB, LF and CR.</summary>
    public static readonly SearchValues<byte> BodyControls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(static c => c is not (9 or 10 or 13)).Select(static c => (byte)c), (byte)127]);

    /// <summary>A header field's name by RFC 5322 section 3.6.8: printable ASCII without the colon, not empty.</summary>
    public static bool IsFieldName(ReadOnlySpan<char> name) => name.Length > 0 && name.IndexOfAnyExceptInRange('!', '~') < 0 && !name.Contains(':');

    /// <inheritdoc cref="IsFieldName(ReadOnlySpan{char})"/>
    public static bool IsFieldName(ReadOnlySpan<byte> name) => name.Length > 0 && name.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0 && !name.Contains((byte)':');

    /// <summary>True for a character beyond ASCII that may stand in a word by RFC 6532 and shows as something: no control, no space,
    /// no invisible or direction-changing character.</summary>
    public static bool IsVisibleBeyondAscii(char c) => c > 127 && CharUnicodeInfo.GetUnicodeCategory(c) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    public static bool IsBlank(char c) => c is ' ' or '\t';

    public static bool IsBlank(byte c) => c is (byte)' ' or (byte)'\t';
}
