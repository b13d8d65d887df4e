namespace Grid.Core.Enforcement.Policies;

/// <summary>A policy as it is written, before its parents are known.</summary>
public sealed record PolicyDocument
{
    /// <summary>1 to 64 of a-z, 0-9 and '-'.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a sentence.</summary>
    public string Words { get; init; } = "";

    /// <summary>Since when it is in force for those who agreed to it; null: not said.</summary>
    public DateOnly? Effective { get; init; }

    /// <summary>The policy that it begins from; null: from nothing but the defaults of <see cref="Parameters"/>.</summary>
    public string? Extends { get; init; }

    /// <summary>By name of a parameter in <see cref="PolicyParameters"/> what it is set to; the rest is the parent's.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; init; } = new Dictionary<string, object>();

    /// <summary>Lengths of the windows, the main one first; null: the parent's.</summary>
    public IReadOnlyList<TimeSpan>? Windows { get; init; }

    /// <summary>Its clauses. One with the id of a parent's clause replaces that.</summary>
    public IReadOnlyList<PolicyClause> Clauses { get; init; } = [];

    /// <summary>Ids of the parent's clauses that it leaves out.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>Rules without a condition.</summary>
    public IReadOnlyList<PolicyNote> Notes { get; init; } = [];
}
