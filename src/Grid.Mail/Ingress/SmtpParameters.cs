using System.Text;

namespace Grid.Mail.Ingress;

/// <summary>The parameters after a path (RFC 5321, 4.1.2): words, each KEYWORD or KEYWORD=value, at most <see cref="Max"/>, none twice.</summary>
/// <param name="utf8">Values may be UTF-8 (RFC 6531).</param>
internal ref struct SmtpParameters(ReadOnlySpan<byte> text, bool utf8 = false)
{
    /// <summary>Most parameters of one command.</summary>
    public const int Max = 10;

    private ReadOnlySpan<byte> _rest = text;
    private int _count;

    /// <summary>Keyword of the current parameter.</summary>
    public ReadOnlySpan<byte> Keyword { get; private set; }

    /// <summary>Its value; empty where it has none.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>What follows is not a list of parameters.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Goes to the next parameter; false at the end or where it is malformed.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty || _rest.TrimEnd((byte)' ').IsEmpty)
            return false;

        if (_rest[0] != (byte)' ' || ++_count > Max)
            return Malformed();

        _rest = _rest[1..];
        int space = _rest.IndexOf((byte)' ');
        var word = space < 0 ? _rest : _rest[..space];
        _rest = space < 0 ? default : _rest[space..];
        int equals = word.IndexOf((byte)'=');
        Keyword = equals < 0 ? word : word[..equals];
        Value = equals < 0 ? default : word[(equals + 1)..];
        if (Keyword.IsEmpty || (equals >= 0 && Value.IsEmpty) || Value.ContainsAnyExceptInRange((byte)'!', utf8 ? (byte)0xFF : (byte)'~') || Value.Contains((byte)0x7F))
            return Malformed();

        foreach (byte b in Keyword)
            if (!char.IsAsciiLetterOrDigit((char)b) && b != (byte)'-')
                return Malformed();

        return true;
    }

    /// <summary>The keyword is this one, in whatever case.</summary>
    public readonly bool Is(ReadOnlySpan<byte> keyword) => Ascii.EqualsIgnoreCase(Keyword, keyword);

    private bool Malformed()
    {
        IsMalformed = true;
        return false;
    }
}
