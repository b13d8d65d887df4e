namespace Grid.Core.Enforcement.Policies;

/// <summary>Conditions taken apart.</summary>
internal static class Conditions
{
    /// <summary>All that isn't all or any.</summary>
    public static IEnumerable<PolicyCondition> Leaves(PolicyCondition condition) => condition switch
    {
        PolicyCondition.All all => all.Of.SelectMany(Leaves),
        PolicyCondition.Any any => any.Of.SelectMany(Leaves),
        _ => [condition],
    };

    /// <summary>How far all and any are within each other.</summary>
    public static int Depth(PolicyCondition condition) => condition switch
    {
        PolicyCondition.All all => 1 + all.Of.Select(Depth).DefaultIfEmpty().Max(),
        PolicyCondition.Any any => 1 + any.Of.Select(Depth).DefaultIfEmpty().Max(),
        _ => 0,
    };

    /// <summary>The ways in which it can hold, each a list of leaves that all hold; null where there are more than <see cref="PolicyBounds.MaxAlternatives"/>.</summary>
    public static IReadOnlyList<IReadOnlyList<PolicyCondition>>? Alternatives(PolicyCondition condition)
    {
        switch (condition)
        {
            case PolicyCondition.Any any:
                var some = any.Of.Select(Alternatives).ToList();
                return some.Contains(null) || some.Sum(s => s!.Count) > PolicyBounds.MaxAlternatives ? null : [.. some.SelectMany(s => s!)];
            case PolicyCondition.All all:
                IReadOnlyList<IReadOnlyList<PolicyCondition>> product = [[]];
                foreach (var part in all.Of.Select(Alternatives))
                {
                    if (part is null || product.Count * part.Count > PolicyBounds.MaxAlternatives)
                    {
                        return null;
                    }

                    product = [.. product.SelectMany(before => part.Select(after => (IReadOnlyList<PolicyCondition>)[.. before, .. after]))];
                }

                return product;
            default:
                return [[condition]];
        }
    }
}
