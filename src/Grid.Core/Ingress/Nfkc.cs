using System.Text;

namespace Grid.Core.Ingress;

/// <summary>
/// Unicode's normalisation form KC (UAX 15): compatible characters as one, composed. The runtime has none where it runs without
/// culture data, as Grid does, and then returns text unchanged; so it is here, with its data beside it (Nfkc.txt).
/// </summary>
internal static class Nfkc
{
    private const int HangulFirst = 0xAC00, LeadFirst = 0x1100, VowelFirst = 0x1161, TrailFirst = 0x11A7;
    private const int Leads = 19, Vowels = 21, Trails = 28;

    private static readonly Lazy<NfkcData> Data = new(NfkcData.Read);

    /// <summary>The text in form KC. Lone surrogates become U+FFFD.</summary>
    public static string Normalise(string text)
    {
        var runes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, runes);
        }

        Order(runes);
        Compose(runes);
        var result = new StringBuilder(runes.Count);
        foreach (var value in runes)
        {
            result.Append(new Rune(value).ToString());
        }

        return result.ToString();
    }

    private static void Decompose(int value, List<int> into)
    {
        var syllable = value - HangulFirst;
        if (syllable is >= 0 and < Leads * Vowels * Trails)
        {
            into.Add(LeadFirst + (syllable / (Vowels * Trails)));
            into.Add(VowelFirst + (syllable / Trails % Vowels));
            if (syllable % Trails > 0)
            {
                into.Add(TrailFirst + (syllable % Trails));
            }
        }
        else if (value >= 0x80 && Data.Value.Decompositions.TryGetValue(value, out var parts))
        {
            into.AddRange(parts);
        }
        else
        {
            into.Add(value);
        }
    }

    // Marks between two starters go by their combining class; those of one class keep their order.
    private static void Order(List<int> runes)
    {
        for (var i = 1; i < runes.Count; i++)
        {
            var mark = runes[i];
            var order = Class(mark);
            var at = i;
            for (; order > 0 && at > 0 && Class(runes[at - 1]) > order; at--)
            {
                runes[at] = runes[at - 1];
            }

            runes[at] = mark;
        }
    }

    private static void Compose(List<int> runes)
    {
        var starter = -1;
        var lastClass = 0;
        var kept = 0;
        for (var i = 0; i < runes.Count; i++)
        {
            var value = runes[i];
            var order = Class(value);
            var isAdjacent = starter == kept - 1;
            if (starter >= 0 && (isAdjacent || (lastClass < order && lastClass > 0)) && Pair(runes[starter], value) is { } composite)
            {
                runes[starter] = composite;
                continue;
            }

            if (order == 0)
            {
                starter = kept;
            }

            lastClass = order;
            runes[kept++] = value;
        }

        runes.RemoveRange(kept, runes.Count - kept);
    }

    private static int? Pair(int first, int second)
    {
        if (first - LeadFirst is >= 0 and < Leads && second - VowelFirst is >= 0 and < Vowels)
        {
            return HangulFirst + ((((first - LeadFirst) * Vowels) + second - VowelFirst) * Trails);
        }

        var syllable = first - HangulFirst;
        if (syllable is >= 0 and < Leads * Vowels * Trails && syllable % Trails == 0 && second - TrailFirst is > 0 and < Trails)
        {
            return first + second - TrailFirst;
        }

        return Data.Value.Compositions.TryGetValue((first, second), out var composite) ? composite : null;
    }

    private static int Class(int value) => value < 0x300 ? 0 : Data.Value.Classes.GetValueOrDefault(value);
}
