using Grid.Host.Tests.Whole;

namespace Grid.Cli.Tests.Parity;

/// <summary>Every verb with everything that it takes, run against a grid: what that was asked for, and what its API's document has.</summary>
public sealed class DrivenVerbs : IAsyncLifetime
{
    /// <summary>The input of every run; a verb that passes it on can send whatever the API takes.</summary>
    public const string Input = """{"everything":"whole"}""";

    /// <summary>Verbs that ask no grid, or for whatever they are told.</summary>
    private static readonly string[] Silent = ["api", "completion"];

    private readonly HostFixture _host = new();

    internal IReadOnlyList<Operation> Operations { get; private set; } = [];

    /// <summary>By verb.</summary>
    internal Dictionary<string, List<Call>> Calls { get; } = [];

    /// <summary>What of the answers the document doesn't tell.</summary>
    internal IReadOnlyList<string> Untold { get; private set; } = [];

    /// <summary>By the operation that answers; null for what is none.</summary>
    internal ILookup<string?, Call> Asked { get; private set; } = Array.Empty<Call>().ToLookup(_ => (string?)null);

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        var document = (await _host.CallAsync(HttpMethod.Get, "/openapi/v1.json")).Json;
        Operations = Operation.Of(document);
        foreach (var leaf in Leaf.Of(GridCommand.Build(Around([]))).Where(leaf => !Silent.Contains(leaf.Name)))
        {
            var calls = Calls[leaf.Name] = [];
            foreach (var line in leaf.Lines())
            {
                await GridCommand.RunAsync(line, Around(calls));
            }
        }

        Untold = [.. Calls.Values.SelectMany(calls => calls).Select(new Answers(document).Fault).OfType<string>().Distinct()];
        Asked = Calls.Values.SelectMany(calls => calls).ToLookup(call => Operation.Find(Operations, call.Method, call.Path)?.Name);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>As the operator: whoever's key a verb is for, what it asks for is the same.</summary>
    private Surroundings Around(List<Call> calls)
    {
        var variables = new Dictionary<string, string?> { ["GRID_URL"] = _host.Address.ToString(), ["GRID_KEY"] = HostFixture.OperatorKey };
        return new(TextWriter.Null, TextWriter.Null, new StringReader(Input), variables.GetValueOrDefault, false, 200, TimeProvider.System, () => new Recorder(calls));
    }
}
