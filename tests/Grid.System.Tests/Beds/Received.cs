using System.Net;
using System.Text;

namespace Grid.System.Tests.Beds;

/// <summary>A message that the receiver has taken.</summary>
/// <param name="At">Since the receiver's start, when the last byte was read.</param>
/// <param name="Data">As transferred, without dot stuffing and closing dot.</param>
/// <param name="Peer">Address that it came from.</param>
public sealed record Received(TimeSpan At, string Sender, IReadOnlyList<string> Recipients, byte[] Data, IPAddress Peer)
{
    private static ReadOnlySpan<byte> EmptyLine => "\r\n\r\n"u8;

    /// <summary>The header section, without the empty line.</summary>
    public string Header => Encoding.UTF8.GetString(Data.AsSpan(0, Math.Max(0, Data.AsSpan().IndexOf(EmptyLine))));

    /// <summary>What follows the empty line.</summary>
    public ReadOnlySpan<byte> Body => Data.AsSpan(Data.AsSpan().IndexOf(EmptyLine) + EmptyLine.Length);

    /// <summary>First value of that header, unfolded; empty where there is none.</summary>
    public string HeaderOf(string name)
    {
        var line = Header.Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal).Split("\r\n")
            .FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
        return line is null ? "" : line[(name.Length + 1)..].Trim();
    }

    public string Subject => HeaderOf("Subject");
}
