using System.Collections.Frozen;
using System.Globalization;

namespace Grid.Core.Ingress;

/// <summary>The tables of <see cref="Nfkc"/>, as read from the assembly's own Nfkc.txt; about 8,000 entries, read at first use.</summary>
internal sealed record NfkcData(
    FrozenDictionary<int, int[]> Decompositions,
    FrozenDictionary<int, byte> Classes,
    FrozenDictionary<(int First, int Second), int> Compositions)
{
    /// <summary>Reads the tables.</summary>
    public static NfkcData Read()
    {
        var decompositions = new Dictionary<int, int[]>();
        var classes = new Dictionary<int, byte>();
        var compositions = new Dictionary<(int, int), int>();
        using var resource = typeof(NfkcData).Assembly.GetManifestResourceStream("Nfkc.txt") ?? throw new InvalidOperationException("the assembly was built without Nfkc.txt");
        using var reader = new StreamReader(resource);
        while (reader.ReadLine() is { } line)
        {
            var numbers = line[0] == '#' ? [] : Array.ConvertAll(line[2..].Split(' '), n => int.Parse(n, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            switch (line[0])
            {
                case 'd':
                    for (var value = numbers[0]; value <= numbers[1]; value++)
                    {
                        decompositions[value] = numbers.Length == 3 ? [numbers[2] + value - numbers[0]] : numbers[2..];
                    }

                    break;
                case 'o':
                    for (var value = numbers[0]; value <= numbers[1]; value++)
                    {
                        classes[value] = (byte)numbers[2];
                    }

                    break;
                case 'c':
                    compositions[(numbers[0], numbers[1])] = numbers[2];
                    break;
            }
        }

        return new(decompositions.ToFrozenDictionary(), classes.ToFrozenDictionary(), compositions.ToFrozenDictionary());
    }
}
