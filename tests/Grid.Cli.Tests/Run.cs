using System.Collections.Concurrent;
using Grid.Cli.Tests.Parity;
using Grid.Host.Tests.Whole;

namespace Grid.Cli.Tests;

/// <summary>Runs of the command against a grid, as a shell would. What the grid answers is as its API's document has it.</summary>
internal sealed class Run(HostFixture host)
{
    /// <summary>What a grid's document says of its answers.</summary>
    private static readonly ConcurrentDictionary<Uri, Answers> Told = [];

    /// <summary>One run as the operator, or with a tenant's key.</summary>
    public async Task<(int Code, string Out, string Error)> OfAsync(string line, string? key = HostFixture.OperatorKey, bool terminal = false, string input = "", string? url = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var reader = new StringReader(input);
        var variables = new Dictionary<string, string?> { ["GRID_URL"] = url ?? host.Address.ToString(), ["GRID_KEY"] = key, ["NO_COLOR"] = "1" };
        var calls = new List<Call>();
        var around = new Surroundings(output, error, reader, variables.GetValueOrDefault, terminal, 200, TimeProvider.System, () => new Recorder(calls));
        var code = await GridCommand.RunAsync(Split(line), around);
        var answers = Told.TryGetValue(host.Address, out var told) ? told : Told[host.Address] = new((await host.CallAsync(HttpMethod.Get, "/openapi/v1.json")).Json);
        var faults = calls.Select(answers.Fault).OfType<string>().ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Words with spaces between; quoted ones may hold spaces.</summary>
    private static List<string> Split(string line) =>
        [.. line.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}
