using System.Text.RegularExpressions;

namespace Grid.Core.Tests.Outcomes;

/// <summary>Real replies and reports, where the folder GRID_CORPORA (by default shared/corpora in a folder above) is at hand.</summary>
internal static partial class Corpora
{
    public static string? Find(string name)
    {
        var roots = new List<string?> { Environment.GetEnvironmentVariable("GRID_CORPORA") };
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            roots.Add(Path.Combine(at.FullName, "shared", "corpora"));
        }

        return roots.Where(root => root is not null).Select(root => Path.Combine(root!, name)).FirstOrDefault(Path.Exists);
    }

    /// <summary>Replies as (kind, code, text); kind is "bounce" or "defer".</summary>
    public static IEnumerable<(string Kind, int Code, string Text)> Replies(string file)
    {
        var kind = "";
        var code = 0;
        foreach (var line in File.ReadLines(file))
        {
            if (line.StartsWith("[[", StringComparison.Ordinal))
            {
                kind = line[2..line.IndexOf('.', StringComparison.Ordinal)];
            }
            else if (line.StartsWith("code=", StringComparison.Ordinal))
            {
                code = int.Parse(line[5..], System.Globalization.CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith("msg=", StringComparison.Ordinal))
            {
                yield return (kind, code, line[5..^1].Replace("\\r", "\r", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal));
            }
        }
    }

    /// <summary>Reports whose diagnostics can be had by simple means, with what is expected of each.</summary>
    public static IEnumerable<(string File, int Code, string Status, string Text, string Reason, bool Hard)> Reports(string folder)
    {
        foreach (var mail in File.ReadLines(Path.Combine(folder, "expected.tsv")).Skip(1).Select(l => l.Split('\t')).GroupBy(f => f[0]))
        {
            var text = File.ReadAllText(Path.Combine(folder, "mail", mail.Key)).ReplaceLineEndings("\n");
            text = text.Contains("quoted-printable", StringComparison.OrdinalIgnoreCase) ? text.Replace("=\n", "", StringComparison.Ordinal) : text;
            var diagnostics = Diagnostic().Matches(Fold().Replace(text, " ")).Select(m => m.Groups[1].Value.Trim()).ToList();
            foreach (var (fields, diagnostic) in mail.Zip(diagnostics).Where(p => diagnostics.Count >= mail.Count() && p.Second.Length > 0))
            {
                var code = Code().Match(diagnostic);
                yield return (mail.Key, code.Success ? int.Parse(code.Value, System.Globalization.CultureInfo.InvariantCulture) : 0, fields[2], diagnostic[(code.Index + code.Length)..].TrimStart('-'), fields[4], fields[5] == "true");
            }
        }
    }

    [GeneratedRegex(@"\n[ \t]+")]
    private static partial Regex Fold();

    [GeneratedRegex(@"^Diagnostic-Code:\s*(?:[A-Za-z0-9_-]+;)?(.*)$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Diagnostic();

    [GeneratedRegex(@"(?<=^\s*)[245]\d\d(?=[ -])")]
    private static partial Regex Code();
}
