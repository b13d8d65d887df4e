using System.Collections.Frozen;
using System.Text;
using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;

namespace Grid.Host.Policies;

/// <summary>The policies that come with the grid: files that operators can read, extend and override. Version 1 each.</summary>
public static class BuiltInPolicies
{
    private const string Prefix = "Grid.Host.Policies.";
    private const string Suffix = ".yaml";

    private static readonly FrozenDictionary<string, Lazy<PolicyReading.Done>> Read = Names.ToFrozenDictionary(
        name => name, name => new Lazy<PolicyReading.Done>(() => Compile(name)), StringComparer.Ordinal);

    /// <summary>Their names, in order.</summary>
    public static IReadOnlyList<string> Names =>
        [.. typeof(BuiltInPolicies).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal)];

    /// <summary>All, compiled, in order of name.</summary>
    public static IReadOnlyList<EnforcementPolicy> All => [.. Names.Select(name => Read[name].Value.Policy)];

    /// <summary>The text; null when there is no such policy.</summary>
    public static string? Text(string name)
    {
        using var stream = typeof(BuiltInPolicies).Assembly.GetManifestResourceStream(Prefix + name + Suffix);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>As grains run it; null when there is no such policy.</summary>
    public static EnforcementPolicy? Policy(string name) => Read.GetValueOrDefault(name)?.Value.Policy;

    /// <summary>As it is written, for policies that extend it; null when there is no such policy.</summary>
    public static PolicyDocument? Document(string name) => Read.GetValueOrDefault(name)?.Value.Document;

    // A mistake in a file that comes with the grid is one of ours.
    private static PolicyReading.Done Compile(string name) => PolicyReader.Read(Text(name)!, Document, 1, name) switch
    {
        PolicyReading.Done done => done,
        PolicyReading.Refused refused => throw new InvalidOperationException($"the built-in policy {name} is wrong: {string.Join("; ", refused.Mistakes)}"),
        var other => throw new InvalidOperationException($"no reading {other.GetType().Name}"),
    };
}
