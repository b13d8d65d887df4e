using System.Text;

namespace Grid.Mail.Tests.Sending;

/// <summary>A conversation written down: lines "C: …" and "S: …", and "S!" where the server closes. Lines of one side in a row are one turn.</summary>
public sealed class Transcript
{
    private Transcript(IReadOnlyList<(bool Client, byte[] Bytes)> turns, bool closes)
    {
        Turns = turns;
        ServerCloses = closes;
    }

    public IReadOnlyList<(bool Client, byte[] Bytes)> Turns { get; }

    public bool ServerCloses { get; }

    public static Transcript Parse(string text)
    {
        var turns = new List<(bool Client, byte[] Bytes)>();
        bool closes = false;
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line == "S!")
            {
                closes = true;
                continue;
            }

            bool client = line.StartsWith("C:", StringComparison.Ordinal);
            if (!client && !line.StartsWith("S:", StringComparison.Ordinal))
                throw new ArgumentException($"Neither side says: {line}");

            byte[] bytes = Encoding.UTF8.GetBytes((line.Length > 3 ? line[3..] : "") + "\r\n");
            if (turns.Count > 0 && turns[^1].Client == client)
                turns[^1] = (client, [.. turns[^1].Bytes, .. bytes]);
            else
                turns.Add((client, bytes));
        }

        return new Transcript(turns, closes);
    }

    public static IEnumerable<byte[]> Cut(byte[] bytes, Chunking chunking)
    {
        int from = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            bool cut = chunking == Chunking.Bytes || i == bytes.Length - 1 || (chunking == Chunking.Lines && bytes[i] == '\n');
            if (!cut)
                continue;

            yield return bytes[from..(i + 1)];
            from = i + 1;
        }
    }
}
