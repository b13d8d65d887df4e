namespace Grid.Core.Enforcement.Policies;

/// <summary>What a line of policies comes to, the oldest first: the younger one's clauses come before, and instead of, the older one's.</summary>
internal static class PolicyMerge
{
    public static (IReadOnlyList<PolicyClause> Clauses, IReadOnlyList<PolicyNote> Notes) Of(IReadOnlyList<PolicyDocument> line, PolicyFaults faults)
    {
        List<PolicyClause> clauses = [];
        List<PolicyNote> notes = [];
        foreach (var document in line)
        {
            var isOwn = document == line[^1];
            foreach (var id in document.Drop)
            {
                if (clauses.RemoveAll(c => c.Id == id) + notes.RemoveAll(n => n.Id == id) == 0 && isOwn)
                {
                    faults.Add("drop", $"there is no inherited clause \"{id}\"{NearestName.Hint(id, clauses.Select(c => c.Id))}");
                }
            }

            var own = document.Clauses.Select(c => c.Id).Concat(document.Notes.Select(n => n.Id)).ToHashSet(StringComparer.Ordinal);
            clauses = [.. document.Clauses, .. clauses.Where(c => !own.Contains(c.Id))];
            notes = [.. document.Notes, .. notes.Where(n => !own.Contains(n.Id))];
        }

        if (clauses.Count + notes.Count > PolicyBounds.MaxClauses)
        {
            faults.Add("clauses", $"must be at most {PolicyBounds.MaxClauses}, inherited ones included; there are {clauses.Count + notes.Count}");
        }

        return (clauses, notes);
    }
}
