using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Grid.Host.Tests.Clients;
using Grid.Host.Tests.Whole;

namespace Grid.Host.Tests.Telemetry;

/// <summary>What is said about metrics, and asked of them, is held against what the grid gives.</summary>
[Collection("meters")]
public sealed partial class MonitoringTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly string Deploy = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "deploy"));

    [Fact]
    public async Task Metrics_are_accepted_by_promtool()
    {
        await TrafficAsync("promtool");

        var (code, output) = await Programs.RunAsync("promtool", ["check", "metrics"], await MetricsAsync());

        Assert.True(code == 0, output);
        Assert.Equal("", output);
    }

    [Fact]
    public async Task Alert_rules_pass_their_tests_and_the_configuration_is_good()
    {
        var (rules, said) = await Programs.RunAsync("promtool", ["test", "rules", Path.Combine(Deploy, "prometheus-rules.test.yml")]);
        Assert.True(rules == 0, said);
        var (config, words) = await Programs.RunAsync("promtool", ["check", "config", Path.Combine(Deploy, "prometheus.yml")]);
        Assert.True(config == 0, words);
    }

    [Fact]
    public void Alert_rules_each_have_a_test_and_first_actions()
    {
        var alerts = Alert().Matches(File.ReadAllText(Path.Combine(Deploy, "prometheus-rules.yml"))).Select(m => m.Groups[1].Value).ToList();
        var tests = File.ReadAllText(Path.Combine(Deploy, "prometheus-rules.test.yml"));
        var guide = File.ReadAllText(Path.Combine(Deploy, "Telemetry.md"));

        Assert.NotEmpty(alerts);
        Assert.All(alerts, alert => Assert.Contains("alertname: " + alert, tests, StringComparison.Ordinal));
        Assert.All(alerts, alert => Assert.Contains($"| {alert} |", guide, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Table_of_metrics_is_that_of_the_code()
    {
        var key = await TrafficAsync("table");
        await host.CallAsync(HttpMethod.Post, "/v1/messages", new { }, key);
        var text = await MetricsAsync();
        var labels = Sample().Matches(text).GroupBy(m => Family(m.Groups[1].Value)).ToDictionary(
            g => g.Key, g => g.SelectMany(m => Label().Matches(m.Groups[2].Value).Select(l => l.Groups[1].Value)).Where(l => l != "le").Distinct().Order().ToList());
        var table = File.ReadAllLines(Path.Combine(Deploy, "Telemetry.md")).Where(line => line.StartsWith("| `grid_", StringComparison.Ordinal)).ToList();
        var right = Help().Matches(text).Select(m => (Name: m.Groups[1].Value, Help: m.Groups[2].Value, Type: m.Groups[3].Value)).OrderBy(m => m.Name, StringComparer.Ordinal).ToList();

        // Labels show only once something was measured: those that show must be in the table.
        var wrong = right.Where(m => !table.Any(row => row.Split('|', StringSplitOptions.TrimEntries) is [_, var name, var type, var named, var help, _]
            && name == $"`{m.Name}`" && type == m.Type && help == m.Help && labels.GetValueOrDefault(m.Name, []).All(l => named.Contains($"`{l}`", StringComparison.Ordinal)))).ToList();
        var gone = table.Where(row => !right.Any(m => row.StartsWith($"| `{m.Name}` |", StringComparison.Ordinal))).ToList();

        Assert.True(wrong.Count == 0 && gone.Count == 0, "deploy/Telemetry.md, rows missing or wrong:" + Environment.NewLine
            + string.Join(Environment.NewLine, wrong.Select(m => $"| `{m.Name}` | {m.Type} | {string.Join(", ", labels.GetValueOrDefault(m.Name, []).Select(l => $"`{l}`"))} | {m.Help} |"))
            + Environment.NewLine + "rows of what is not there:" + Environment.NewLine + string.Join(Environment.NewLine, gone));
    }

    [Fact]
    public async Task Dashboard_and_rules_ask_only_for_metrics_that_are_there()
    {
        var there = Help().Matches(await MetricsAsync()).Select(m => m.Groups[1].Value).ToHashSet();
        var dashboard = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Deploy, "grafana-dashboard.json")))!;
        var asked = dashboard["panels"]!.AsArray().SelectMany(p => p!["targets"]!.AsArray()).Select(t => t!["expr"]!.GetValue<string>())
            .Append(await File.ReadAllTextAsync(Path.Combine(Deploy, "prometheus-rules.yml")));

        var names = asked.SelectMany(text => Name().Matches(text).Select(m => Family(m.Value))).Distinct().ToList();

        Assert.True(names.Count >= 8);
        Assert.Empty(names.Except(there));
    }

    private static string Family(string name) => Suffix().Replace(name, "");

    private async Task<string> MetricsAsync() => (await host.CallAsync(HttpMethod.Get, "/metrics", key: null)).Text;

    private async Task<string> TrafficAsync(string tenant)
    {
        var key = await host.TenantAsync(tenant);
        await host.CallAsync(HttpMethod.Post, "/v1/messages", new { from = $"a@{tenant}.example", to = new[] { "a@metrics-r.example" }, subject = "s", text = "t" }, key);
        await host.DeliveredAsync(tenant, 1);
        return key;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"^\s*- alert: (\w+)", RegexOptions.Multiline)]
    private static partial Regex Alert();

    [GeneratedRegex(@"^# HELP (\S+) (.*)\n# TYPE \S+ (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Help();

    [GeneratedRegex(@"^(grid_\w+)\{([^}]*)\}", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("""(\w+)="[^"]*" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Label();

    [GeneratedRegex(@"\bgrid_\w+")]
    private static partial Regex Name();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();
}
