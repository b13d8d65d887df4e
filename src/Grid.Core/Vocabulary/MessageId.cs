namespace Grid.Core.Vocabulary;

/// <summary>
/// Identity of an accepted message: 63 bits, ordered by time of acceptance (41 bits of milliseconds since 2025-01-01 UTC,
/// 10 bits of node, 12 bits of sequence). Outside it is written as 13 characters of Crockford's base 32, lower case.
/// </summary>
public readonly record struct MessageId(long Value) : IComparable<MessageId>
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Length of the text form in characters.</summary>
    public const int TextLength = 13;

    /// <summary>The instant from which the milliseconds in an id are counted.</summary>
    public static readonly DateTimeOffset Epoch = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Composes an id. <paramref name="node"/> is 0 to 1,023, <paramref name="sequence"/> 0 to 4,095.</summary>
    public static MessageId Compose(DateTimeOffset at, int node, int sequence) =>
        new(((long)(at - Epoch).TotalMilliseconds << 22) | ((long)(node & 0x3FF) << 12) | (long)(sequence & 0xFFF));

    /// <summary>When the id was made, to the millisecond.</summary>
    public DateTimeOffset CreatedAt => Epoch.AddMilliseconds(Value >> 22);

    /// <inheritdoc />
    public int CompareTo(MessageId other) => Value.CompareTo(other.Value);

    /// <summary>The text form: 13 characters of <c>[0-9a-hjkmnp-tv-z]</c>.</summary>
    public override string ToString() => string.Create(TextLength, Value, static (chars, value) =>
    {
        for (var i = chars.Length - 1; i >= 0; i--, value = (long)((ulong)value >> 5))
        {
            chars[i] = Alphabet[(int)(value & 31)];
        }
    });

    /// <summary>Reads the text form, in either case. False for anything else, a negative id included.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out MessageId id)
    {
        id = default;
        if (text.Length != TextLength)
        {
            return false;
        }

        ulong value = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var digit = Alphabet.IndexOf(char.ToLowerInvariant(text[i]), StringComparison.Ordinal);
            if (digit < 0 || (i == 0 && digit > 7))
            {
                return false;
            }

            value = (value << 5) | (uint)digit;
        }

        id = new((long)value);
        return true;
    }
}
