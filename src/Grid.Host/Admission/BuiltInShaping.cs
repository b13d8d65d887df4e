using Grid.Core.Admission;

namespace Grid.Host.Admission;

/// <summary>The profiles that the grid comes with.</summary>
public static class BuiltInShaping
{
    private const string Resource = "Grid.Host.Admission.shaping.yaml";

    private static readonly Lazy<string> Yaml = new(ReadText);
    private static readonly Lazy<IReadOnlyList<ShapingProfile>> Read = new(ReadProfiles);

    /// <summary>As they are written.</summary>
    public static string Text => Yaml.Value;

    public static IReadOnlyList<ShapingProfile> Profiles => Read.Value;

    private static string ReadText()
    {
        using var reader = new StreamReader(typeof(BuiltInShaping).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is not built in"));
        return reader.ReadToEnd();
    }

    private static IReadOnlyList<ShapingProfile> ReadProfiles() =>
        ShapingYaml.Read(Text) is { Faults.Count: 0 } read ? read.Profiles : throw new InvalidOperationException($"{Resource}: {string.Join("; ", ShapingYaml.Read(Text).Faults)}");
}
