using Grid.Host.Tests.Whole;

namespace Grid.Cli.Tests;

/// <summary>Runs of the command against a grid, as a shell would.</summary>
internal sealed class Run(HostFixture host)
{
    /// <summary>One run as the operator, or with a tenant's key.</summary>
    public async Task<(int Code, string Out, string Error)> OfAsync(string line, string? key = HostFixture.OperatorKey, bool terminal = false, string input = "", string? url = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var reader = new StringReader(input);
        var variables = new Dictionary<string, string?> { ["GRID_URL"] = url ?? host.Address.ToString(), ["GRID_KEY"] = key, ["NO_COLOR"] = "1" };
        var around = new Surroundings(output, error, reader, variables.GetValueOrDefault, terminal, 200, TimeProvider.System);
        var code = await GridCommand.RunAsync(Split(line), around);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Words with spaces between; quoted ones may hold spaces.</summary>
    private static List<string> Split(string line) =>
        [.. line.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}
