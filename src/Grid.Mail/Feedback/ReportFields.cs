using Grid.Mail.Mime;

namespace Grid.Mail.Feedback;

/// <summary>The field groups of a machine-readable report (RFC 3464 section 2.1, RFC 5965 section 3), read tolerantly.</summary>
internal sealed class ReportFields
{
    private const int MaxFields = 5000;

    private readonly List<(string Name, string Value)> fields = [];

    public bool IsEmpty => fields.Count == 0;

    /// <summary>The first field of a name, in any case; null where there is none or it is empty.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var (candidate, value) in fields)
            {
                if (candidate.Equals(name, StringComparison.OrdinalIgnoreCase) && value.Length > 0)
                {
                    return value;
                }
            }

            return null;
        }
    }

    /// <summary>Every field of a name.</summary>
    public IEnumerable<string> All(string name) =>
        fields.Where(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && f.Value.Length > 0).Select(static f => f.Value);

    /// <summary>
    /// Groups, separated by empty lines. A group also ends where a field of <paramref name="groupStart"/> comes a second time,
    /// since some reporters leave the empty line out. A line that is no field continues the one above it.
    /// </summary>
    public static List<ReportFields> Read(string text, string groupStart)
    {
        var groups = new List<ReportFields>();
        var group = new ReportFields();
        var count = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan()[range].TrimEnd();
            if (line.Length == 0)
            {
                group = Close(groups, group);
            }
            else if (TryField(line, out var name) && count++ < MaxFields)
            {
                if (name.Equals(groupStart, StringComparison.OrdinalIgnoreCase) && group[groupStart] is not null)
                {
                    group = Close(groups, group);
                }

                group.fields.Add((name, line[(line.IndexOf(':') + 1)..].Trim().ToString()));
            }
            else
            {
                group.Continue(line.Trim());
            }
        }

        Close(groups, group);
        return groups;
    }

    private static ReportFields Close(List<ReportFields> groups, ReportFields group)
    {
        if (group.IsEmpty)
        {
            return group;
        }

        groups.Add(group);
        return new();
    }

    private static bool TryField(ReadOnlySpan<char> line, out string name)
    {
        var colon = line.IndexOf(':');
        var isField = colon > 0 && !Characters.IsBlank(line[0]) && Characters.IsFieldName(line[..colon].TrimEnd());
        name = isField ? line[..colon].TrimEnd().ToString() : "";
        return isField;
    }

    private void Continue(ReadOnlySpan<char> line)
    {
        if (fields.Count > 0 && fields[^1].Value.Length < RecipientReport.MaxDiagnosticLength * 2)
        {
            var (name, value) = fields[^1];
            fields[^1] = (name, value.Length == 0 ? line.ToString() : $"{value} {line}");
        }
    }
}
