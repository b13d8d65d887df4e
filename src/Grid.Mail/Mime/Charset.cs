using System.Text;

namespace Grid.Mail.Mime;

/// <summary>Character sets of received text. An unknown one, or a broken one, is read as well as can be: never an error.</summary>
internal static class Charset
{
    /// <summary>Text in a named charset. Unnamed or unknown: UTF-8 where the bytes are that, else Latin-1.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? name)
    {
        var encoding = Find(name);
        return encoding is null ? DecodeUnknown(bytes) : encoding.GetString(bytes);
    }

    /// <summary>Header bytes as text: UTF-8 (RFC 6532) where they are that, else Latin-1.</summary>
    public static string DecodeUnknown(ReadOnlySpan<byte> bytes) =>
        Ascii.IsValid(bytes) ? Encoding.ASCII.GetString(bytes)
        : IsUtf8(bytes) ? Encoding.UTF8.GetString(bytes)
        : Encoding.Latin1.GetString(bytes);

    public static bool IsUtf8(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    private static Encoding? Find(string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > 40)
        {
            return null;
        }

        switch (name.ToLowerInvariant())
        {
            case "utf-8" or "utf8":
                return Encoding.UTF8;
            case "us-ascii" or "ascii" or "ansi_x3.4-1968" or "unknown-8bit" or "x-unknown" or "default" or "utf-7":
                return null;
            case "iso-8859-1" or "latin1":
                return Encoding.Latin1;
        }

        try
        {
            // Through the provider, not by registration: no global state. Only the sets beyond the runtime's own come from it.
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            // The only way in which a name is said to be unknown.
            return null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }
}
