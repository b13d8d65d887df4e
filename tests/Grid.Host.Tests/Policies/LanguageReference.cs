using System.Text;
using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;

namespace Grid.Host.Tests.Policies;

/// <summary>The part of the policies' document that is made from the catalogues.</summary>
internal static class LanguageReference
{
    /// <summary>From here on the document is made.</summary>
    public const string Beginning = "## What each standing permits\n";

    public static string Markdown()
    {
        var text = new StringBuilder(Beginning);
        text.Append('\n').Append(PermittedVerbs.Markdown());
        text.Append("\n## Parameters\n\n| name | form | meaning |\n| --- | --- | --- |\n");
        foreach (var parameter in PolicyParameters.All)
        {
            text.Append($"| `{parameter.Name}` | {Form(parameter)} | {parameter.Words} |\n");
        }

        text.Append("\n## Signals\n\n| name | stands in | says |\n| --- | --- | --- |\n");
        foreach (var signal in Signals.All)
        {
            text.Append($"| `{signal.Name}` | {Place(signal)} | {signal.Words}{(signal.Values.Count > 0 ? ": " + string.Join(", ", signal.Values) : "")} |\n");
        }

        text.Append("\n## Mechanisms\n\n| name | what it does |\n| --- | --- |\n");
        foreach (var (name, words) in Mechanisms.All)
        {
            text.Append($"| `{name}` | {words} |\n");
        }

        return text.ToString();
    }

    private static string Form(PolicyParameter parameter) => parameter.Type switch
    {
        ParameterType.Flag => "true or false",
        ParameterType.Words => parameter.Values.Count > 0 ? "list of " + string.Join(", ", parameter.Values) : "list of words",
        ParameterType.Duration => "`48 h`",
        ParameterType.Rate => "`600/min`",
        ParameterType.Count => $"`2 {parameter.Unit}`",
        ParameterType.Text => "text",
        ParameterType.Factor => "`2`",
        ParameterType.Share => "`20 %`",
        ParameterType.Steps => "`[{perDay: 1000 messages, for: 3 d}]`",
        _ => throw new InvalidOperationException($"no parameter type {parameter.Type}"),
    };

    private static string Place(Signal signal) => signal.Kind switch
    {
        SignalKind.Counter => signal.Rate is null ? "count" : signal.Count is null ? "rate" : "rate, count",
        SignalKind.Memory => "count",
        SignalKind.Fact => $"declaration ({signal.Type.ToString().ToLowerInvariant()})",
        var kind => $"{kind.ToString().ToLowerInvariant()}, count",
    };
}
