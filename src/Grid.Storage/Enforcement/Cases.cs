using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;

namespace Grid.Storage.Enforcement;

/// <summary>Finds cases by what <see cref="CaseEntry"/> noted: a page reads the documents that are on it.</summary>
internal sealed class Cases(ReadPool reads) : ICases
{
    /// <inheritdoc />
    public ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(CaseFilter filter, string afterId, int limit, CancellationToken cancellationToken = default)
    {
        var arguments = new List<object?> { afterId, limit };
        var condition = "id > $1";
        if (filter.Subject is { } subject)
        {
            condition += $" AND kind = {Next((int)subject.Kind)} AND key = {Next(subject.Key)}";
        }

        if (filter.IsOpen is { } open)
        {
            condition += $" AND is_open = {(open ? 1 : 0)}";
        }

        if (filter.IsOverdue is { } overdue)
        {
            condition += overdue ? $" AND unlooked = 1 AND due < {Next(filter.Now.ToStored())}" : $" AND (unlooked = 0 OR due >= {Next(filter.Now.ToStored())})";
        }

        // All cases are the documents themselves, one after another. A cross join is done in the order given: the page first, then its documents.
        return reads.ListAsync(
            filter is { Subject: null, IsOpen: null, IsOverdue: null }
                ? $"SELECT key, json FROM registry WHERE kind = '{ICases.Kind}' AND key > $1 ORDER BY key LIMIT $2"
                : $"""
                   SELECT r.key, r.json FROM (SELECT id FROM case_entry WHERE {condition} ORDER BY id LIMIT $2) AS page CROSS JOIN registry AS r
                   WHERE r.kind = '{ICases.Kind}' AND r.key = page.id ORDER BY page.id
                   """,
            [.. arguments],
            static row => KeyValuePair.Create(row.GetString(0), row.GetString(1)),
            cancellationToken);

        string Next(object value)
        {
            arguments.Add(value);
            return "$" + arguments.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
