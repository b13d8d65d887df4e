namespace Grid.Core.Vocabulary;

/// <summary>A set of kinds of outcomes.</summary>
/// <param name="Bits">For each kind, 2 to the power of its number.</param>
public readonly record struct OutcomeSet(int Bits)
{
    private const int NoticeBit = 1;

    /// <summary>Every kind there is.</summary>
    public static OutcomeSet All { get; } = Of(Enum.GetValues<OutcomeKind>());

    /// <summary>The set of these kinds.</summary>
    public static OutcomeSet Of(params IEnumerable<OutcomeKind> kinds) => new(kinds.Aggregate(0, (bits, kind) => bits | (1 << (int)kind)));

    /// <summary>Whether notices about the tenant's standing belong to it; they are no outcomes.</summary>
    public bool HasNotices => (Bits & NoticeBit) != 0;

    /// <summary>The same set with notices.</summary>
    public OutcomeSet WithNotices() => new(Bits | NoticeBit);

    /// <summary>Its kinds, in the order of their numbers.</summary>
    public IEnumerable<OutcomeKind> Kinds
    {
        get
        {
            var set = this;
            return Enum.GetValues<OutcomeKind>().Where(set.Has);
        }
    }

    /// <summary>Whether a kind is in it.</summary>
    public bool Has(OutcomeKind kind) => (Bits & (1 << (int)kind)) != 0;
}
