namespace Orleans.Embedded.Tests.Conformance;

/// <summary>Everything public in this engine is in Microsoft Orleans, with the same name, kind and signature, down to the names of parameters.</summary>
public sealed class ConformanceTests
{
    private static readonly Dictionary<string, SortedSet<string>> Embedded = PublicApi.Of(typeof(Grain).Assembly.Location);

    private static readonly Dictionary<string, SortedSet<string>> Real = Directory
        .GetFiles(Path.Combine(AppContext.BaseDirectory, "orleans-metadata"), "*.dll")
        .SelectMany(PublicApi.Of)
        .GroupBy(static pair => pair.Key, static pair => pair.Value)
        .ToDictionary(static group => group.Key, static group => new SortedSet<string>(group.SelectMany(static lines => lines), StringComparer.Ordinal));

    // The types of Orleans' other assemblies, which cannot be had without all that they depend on; written from Orleans' own listing of its API.
    private static readonly Dictionary<string, SortedSet<string>> Elsewhere = ReadElsewhere();

    [Fact]
    public void Metadata_ofTheRealAssemblies_isThere()
    {
        Assert.Contains("Orleans.Grain", Real.Keys);
        Assert.Contains("Orleans.Storage.AdoNetGrainStorage", Real.Keys);
        Assert.Contains("Orleans.Hosting.AdoNetHostingExtensions", Real.Keys);
    }

    [Fact]
    public void PublicTypes_allOfThem_areInOrleans()
    {
        var unknown = Embedded.Keys.Where(static type => !Real.ContainsKey(type) && !Elsewhere.ContainsKey(type));
        Assert.Empty(unknown);
    }

    [Fact]
    public void PublicMembers_allOfThem_areInOrleans()
    {
        var unknown = Embedded.SelectMany(static type =>
        {
            var known = new SortedSet<string>(StringComparer.Ordinal);
            known.UnionWith(Real.GetValueOrDefault(type.Key) ?? []);
            known.UnionWith(Elsewhere.GetValueOrDefault(type.Key) ?? []);
            return type.Value.Except(known).Select(line => $"{type.Key}: {line}");
        });
        Assert.Empty(unknown);
    }

    [Fact]
    public void Elsewhere_everyLine_isStillNeeded()
    {
        var stale = Elsewhere.SelectMany(static type => type.Value
            .Where(line => !Embedded.TryGetValue(type.Key, out var lines) || !lines.Contains(line) || Real.GetValueOrDefault(type.Key)?.Contains(line) == true)
            .Select(line => $"{type.Key}: {line}"));
        Assert.Empty(stale);
    }

    private static Dictionary<string, SortedSet<string>> ReadElsewhere()
    {
        var types = new Dictionary<string, SortedSet<string>>();
        var current = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Conformance", "Elsewhere.txt")).Where(static line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == ' ')
            {
                current.Add(line.Trim());
            }
            else
            {
                types.Add(line, current = new SortedSet<string>(StringComparer.Ordinal));
            }
        }

        return types;
    }
}
