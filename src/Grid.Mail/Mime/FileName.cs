using System.Globalization;
using System.Text;

namespace Grid.Mail.Mime;

/// <summary>The filename parameter of a Content-Disposition: quoted ASCII, or RFC 2231 in pieces that fit a line.</summary>
internal static class FileName
{
    private const int MaxPieceLength = 54;

    public static void Write(ref HeaderWriter writer, string name)
    {
        if (Ascii.IsValid(name) && name.Length <= 60 && !name.Contains("=?", StringComparison.Ordinal))
        {
            writer.Token($"filename={HeaderWriter.Quote(name)}");
            return;
        }

        var pieces = Pieces(name);
        if (pieces.Count == 1)
        {
            writer.Token($"filename*={pieces[0]}");
            return;
        }

        for (var i = 0; i < pieces.Count; i++)
        {
            writer.Token(string.Create(CultureInfo.InvariantCulture, $"filename*{i}*={pieces[i]}{(i < pieces.Count - 1 ? ";" : "")}"));
        }
    }

    private static List<string> Pieces(string name)
    {
        var pieces = new List<string>();
        var piece = new StringBuilder("utf-8''");
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in name.EnumerateRunes())
        {
            if (piece.Length + 12 > MaxPieceLength)
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }

            foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
            {
                _ = Characters.Attribute.Contains((char)b) ? piece.Append((char)b) : piece.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        pieces.Add(piece.ToString());
        return pieces;
    }
}
