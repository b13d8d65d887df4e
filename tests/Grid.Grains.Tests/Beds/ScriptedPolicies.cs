using Grid.Core.Ports;

namespace Grid.Grains.Tests.Beds;

/// <summary>Policies whose text is a name that the test gave to one; "extends NAME" reads as that policy. Any other text has a fault.</summary>
internal sealed class ScriptedPolicies(BedOptions options) : IPolicyReader
{
    public IReadOnlyDictionary<string, string> BuiltIn { get; } = new Dictionary<string, string> { ["default"] = options.BuiltIn };

    public string BuiltInMediaType => "text/plain";

    public PolicyReading Read(string name, string text, Func<string, string?> parent)
    {
        if (text.StartsWith("extends ", StringComparison.Ordinal))
        {
            return parent(text["extends ".Length..]) is { } found ? Read(name, found, parent) : Refuse($"there is no policy {text}");
        }

        return options.Policies.TryGetValue(text, out var policy) ? new PolicyReading.Done(policy)
            : text == "built in" ? new PolicyReading.Done(options.Policy)
            : Refuse("nobody wrote this");
    }

    private static PolicyReading.Refused Refuse(string message) => new([new("", 1, 1, message)]);
}
