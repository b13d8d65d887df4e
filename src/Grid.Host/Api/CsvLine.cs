using System.Text;

namespace Grid.Host.Api;

/// <summary>One line of CSV (RFC 4180), without line ends in its fields.</summary>
internal static class CsvLine
{
    private const int MaxFields = 20;
    private const string FormulaStarts = "=+-@\t";

    /// <summary>The fields; false where quotes don't match, or there are more than 20.</summary>
    public static bool TryRead(string line, out List<string> fields)
    {
        fields = [];
        var at = 0;
        do
        {
            if (fields.Count == MaxFields || !TryField(line, ref at, out var field))
            {
                return false;
            }

            fields.Add(IsGuarded(field) ? field[1..] : field);
        }
        while (at <= line.Length);
        return true;
    }

    /// <summary>
    /// Writes fields, in quotes where they need them; line ends become blanks. What spreadsheets would take for a formula gets an apostrophe,
    /// which reading takes away again.
    /// </summary>
    public static string Write(params ReadOnlySpan<string?> fields)
    {
        var line = new StringBuilder();
        foreach (var field in fields)
        {
            var text = (field ?? "").ReplaceLineEndings(" ");
            text = IsGuarded("'" + text) ? "'" + text : text;
            line.Append(line.Length == 0 ? "" : ",");
            if (text.AsSpan().ContainsAny(',', '"'))
            {
                line.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            }
            else
            {
                line.Append(text);
            }
        }

        return line.Append("\r\n").ToString();
    }

    /// <summary>An apostrophe, perhaps more of them, and what begins a formula.</summary>
    private static bool IsGuarded(string field) =>
        field.StartsWith('\'') && field.AsSpan().TrimStart('\'') is [var first, ..] && FormulaStarts.Contains(first, StringComparison.Ordinal);

    // Leaves at behind the comma, or behind the end by one.
    private static bool TryField(string line, ref int at, out string field)
    {
        if (at == line.Length || line[at] != '"')
        {
            var comma = line.IndexOf(',', at);
            comma = comma < 0 ? line.Length : comma;
            field = line[at..comma].Trim();
            at = comma + 1;
            return !field.Contains('"', StringComparison.Ordinal) || !field.StartsWith('"');
        }

        var value = new StringBuilder();
        field = "";
        for (at++; at < line.Length; at++)
        {
            if (line[at] != '"')
            {
                value.Append(line[at]);
            }
            else if (at + 1 < line.Length && line[at + 1] == '"')
            {
                value.Append(line[at++]);
            }
            else
            {
                field = value.ToString();
                at += 2;
                return at > line.Length || line[at - 1] == ',';
            }
        }

        return false;
    }
}
