using System.Text.RegularExpressions;

namespace Grid.Host.Console.Parts;

/// <summary>
/// Shows the invisible characters that turn the direction of writing, with which a name could rearrange the words of ours that stand around
/// it: they are written out, as \u202e. What stands in attributes or is there to be edited stays as it is.
/// </summary>
internal static partial class DirectionMarks
{
    /// <summary>The same page; the renderer has written each such character as a reference.</summary>
    public static string Show(string html) =>
        Mark().IsMatch(html) ? Piece().Replace(html, static piece => piece.Groups[1] is { Success: true, Value: var mark } ? $"\\u{mark.ToLowerInvariant().PadLeft(4, '0')}" : piece.Value) : html;

    [GeneratedRegex("&#x(?:61C|200[EF]|202[89A-E]|206[6-9]|FEFF);")]
    private static partial Regex Mark();

    [GeneratedRegex("<textarea[^>]*>[^<]*|<[^>]*>|&#x(61C|200[EF]|202[89A-E]|206[6-9]|FEFF);")]
    private static partial Regex Piece();
}
