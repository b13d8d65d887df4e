using Grid.Core.Enforcement;
using Grid.Core.Ports;
using Grid.Host.Api;

namespace Grid.Host.Wiring;

/// <summary>The grid's own policy; any other text is refused.</summary>
internal sealed class BuiltInPolicies : IPolicyReader
{
    private static readonly string Text = PolicyYaml.Write(PolicyShelf.Show(EnforcementPolicy.Default));

    public IReadOnlyDictionary<string, string> BuiltIn { get; } = new Dictionary<string, string> { ["default"] = Text };

    public string BuiltInMediaType => PolicyYaml.MediaType;

    public PolicyReading Read(string name, string text, Func<string, string?> parent) =>
        text == Text ? new PolicyReading.Done(EnforcementPolicy.Default) : new PolicyReading.Refused([new("", 1, 1, "only built-in policies can be read")]);
}
