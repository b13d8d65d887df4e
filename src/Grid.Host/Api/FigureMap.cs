using Grid.Core.Vocabulary;

namespace Grid.Host.Api;

/// <summary>Figures as a JSON object, name to number.</summary>
internal static class FigureMap
{
    /// <summary>Null for none; of figures with one name the last counts.</summary>
    public static IReadOnlyDictionary<string, decimal>? Of(IReadOnlyList<Figure> figures)
    {
        if (figures.Count == 0)
        {
            return null;
        }

        var map = new Dictionary<string, decimal>(figures.Count);
        foreach (var figure in figures)
        {
            map[figure.Name] = figure.Value;
        }

        return map;
    }
}
