using Grid.Core.Enforcement.Policies;
using Grid.Core.Ports;

namespace Grid.Host.Policies;

/// <summary>Reads policies for the grains, on top of what each was pushed with.</summary>
internal sealed class PolicyTextReader : IPolicyReader
{
    public IReadOnlyDictionary<string, string> BuiltIn { get; } = BuiltInPolicies.Names.ToDictionary(name => name, name => BuiltInPolicies.Text(name)!, StringComparer.Ordinal);

    public string BuiltInMediaType => "application/yaml";

    public Core.Ports.PolicyReading Read(string name, string text, Func<string, string?> parent)
    {
        var documents = new Dictionary<string, PolicyDocument?>(StringComparer.Ordinal) { [name] = null };
        return PolicyReader.Read(text, Find, version: 1, name) switch
        {
            PolicyReading.Done done => new Core.Ports.PolicyReading.Done(done.Policy),
            PolicyReading.Refused refused => new Core.Ports.PolicyReading.Refused([.. refused.Mistakes.Select(m => new Core.Ports.PolicyMistake(m.Path, m.Line, m.Column, m.Message))]),
            var other => throw new InvalidOperationException($"no reading {other.GetType().Name}"),
        };

        // A parent is read once; one that is asked for while it is being read leads back to itself, and is none.
        PolicyDocument? Find(string asked)
        {
            if (documents.TryGetValue(asked, out var known))
            {
                return known;
            }

            documents[asked] = null;
            return documents[asked] = parent(asked) is { } found && PolicyReader.Read(found, Find, version: 1, asked) is PolicyReading.Done read ? read.Document : null;
        }
    }
}
