using System.Globalization;
using System.Text;

namespace Grid.Mail.Mime;

/// <summary>Continuations and charsets of parameter values by RFC 2231: <c>name*0*=utf-8''…; name*1=…</c>.</summary>
internal static class ParameterValues
{
    /// <summary>Joins the pieces under their plain names.</summary>
    public static Dictionary<string, string> Join(Dictionary<string, string> raw)
    {
        var joined = new Dictionary<string, string>(raw.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in raw)
        {
            var star = name.IndexOf('*');
            if (star < 0)
            {
                joined[name] = EncodedWord.Decode(value);
            }
            else if (star == name.Length - 1 || name.AsSpan(star).StartsWith("*0", StringComparison.Ordinal))
            {
                joined[name[..star]] = Gather(raw, name[..star]);
            }
        }

        return joined;
    }

    private static string Gather(Dictionary<string, string> raw, string name)
    {
        var bytes = new List<byte>();
        string? charset = null;
        if (raw.TryGetValue(name + "*", out var whole))
        {
            Append(bytes, WithoutCharset(whole, out charset), escaped: true);
        }

        for (var i = 0; whole is null && i < ContentType.MaxParameters; i++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{name}*{i}");
            if (raw.TryGetValue(key + "*", out var escaped))
            {
                Append(bytes, i == 0 ? WithoutCharset(escaped, out charset) : escaped, escaped: true);
            }
            else if (raw.TryGetValue(key, out var plain))
            {
                Append(bytes, plain, escaped: false);
            }
            else
            {
                break;
            }
        }

        return Charset.Decode(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes), charset);
    }

    private static ReadOnlySpan<char> WithoutCharset(string value, out string? charset)
    {
        var first = value.IndexOf('\'');
        var second = first < 0 ? -1 : value.IndexOf('\'', first + 1);
        charset = second < 0 ? null : value[..first];
        return second < 0 ? value : value.AsSpan(second + 1);
    }

    private static void Append(List<byte> bytes, ReadOnlySpan<char> text, bool escaped)
    {
        Span<byte> utf8 = stackalloc byte[8];
        for (var i = 0; i < text.Length; i++)
        {
            if (escaped && text[i] == '%' && i + 2 < text.Length
                && byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                var rune = text.Slice(i, 1);
                if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length)
                {
                    rune = text.Slice(i++, 2);
                }

                bytes.AddRange(utf8[..Encoding.UTF8.GetBytes(rune, utf8)]);
            }
        }
    }
}
