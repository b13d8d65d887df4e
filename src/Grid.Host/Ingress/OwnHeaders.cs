using System.Text;

namespace Grid.Host.Ingress;

/// <summary>The fields of a header whose names begin with <c>X-Grid-</c>: a client's wishes, or leftovers of another grid.</summary>
public sealed class OwnHeaders
{
    private static readonly OwnHeaders None = new();

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Each once.</summary>
    public IEnumerable<string> Names => _values.Keys;

    /// <summary>The first value of that name, trimmed, ASCII only; null where there is none.</summary>
    public string? Value(string name) => _values.GetValueOrDefault(name);

    /// <summary>Reads them from a header section with CRLF line ends. At most 1,000 fields are there to be looked at.</summary>
    public static OwnHeaders Read(ReadOnlySpan<byte> header)
    {
        var found = None;
        while (header.Length > 0)
        {
            var end = header.IndexOf("\r\n"u8);
            var line = end < 0 ? header : header[..end];
            header = end < 0 ? [] : header[(end + 2)..];
            if (line.Length > MessageDrafter.OwnHeaders.Length
                && Ascii.EqualsIgnoreCase(line[..MessageDrafter.OwnHeaders.Length], MessageDrafter.OwnHeaders)
                && line.IndexOf((byte)':') is > 0 and var colon)
            {
                found = ReferenceEquals(found, None) ? new() : found;
                found._values.TryAdd(Encoding.ASCII.GetString(line[..colon]).TrimEnd(), Encoding.ASCII.GetString(line[(colon + 1)..]).Trim());
            }
        }

        return found;
    }
}
