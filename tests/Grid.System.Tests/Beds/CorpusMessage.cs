using System.Globalization;
using System.Text;

namespace Grid.System.Tests.Beds;

/// <summary>One message of the corpus.</summary>
/// <param name="Number">Its place among those read; names its recipient.</param>
/// <param name="Group">Such as spam-2.</param>
internal sealed record CorpusMessage(int Number, string Group, byte[] Bytes)
{
    /// <summary>The message as its sender would submit it as a client of the tenant: From is the tenant's, and what earlier hops added is gone.</summary>
    public byte[] From(string address)
    {
        var (header, body) = Split();
        var kept = new StringBuilder($"From: <{address}>\r\n");
        var keeps = true;
        foreach (var line in header.Split("\r\n").Where(line => line.Length > 0))
        {
            keeps = line[0] is ' ' or '\t' ? keeps : !IsReplaced(line);
            if (keeps)
            {
                kept.Append(line).Append("\r\n");
            }
        }

        return [.. Encoding.Latin1.GetBytes(kept.ToString()), .. "\r\n"u8, .. body];
    }

    /// <summary>What follows the empty line.</summary>
    public byte[] Body => Split().Body;

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Group} {Number}");

    private (string Header, byte[] Body) Split()
    {
        var at = Bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        return at < 0 ? (Encoding.Latin1.GetString(Bytes), []) : (Encoding.Latin1.GetString(Bytes, 0, at), Bytes[(at + 4)..]);
    }

    private static bool IsReplaced(string line) =>
        ((string[])["From:", "Sender:", "Return-Path:", "Delivered-To:", "Received:"]).Any(name => line.StartsWith(name, StringComparison.OrdinalIgnoreCase));
}
