using System.Globalization;
using Grid.Core.Vocabulary;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Grid.Host.Demo.View;

/// <summary>What a terminal shows of the demo. Everything is text, never markup, whatever it holds.</summary>
internal static class Screen
{
    private const int FewestEvents = 3;
    private const int MostEvents = 14;
    private const int OtherLines = 28;
    private const int Frame = 4;
    private const int MostRows = 12;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    private static readonly Style Dim = new(Color.Grey);
    private static readonly Style Strong = new(decoration: Decoration.Bold);

    public static IRenderable Of(DemoStage stage)
    {
        var parts = new List<IRenderable> { Title(stage) };
        if (stage.Latest is { } now)
        {
            parts.Add(Tenants(now));
            parts.Add(new Columns(Ips(now), Domains(now)) { Expand = false });
        }

        var profile = AnsiConsole.Profile;
        parts.Add(Lines("What happened (Ctrl-C ends the demo)", stage.Journal.Latest(Math.Clamp(profile.Height - OtherLines, FewestEvents, MostEvents)), profile.Width - Frame));
        return new Rows(parts);
    }

    private static Text Title(DemoStage stage)
    {
        var now = stage.Latest;
        var text = now is null ? "Grid demo: starting" : string.Create(
            Invariant,
            $"Grid demo  {now.At:mm\\:ss}   delivered {now.Delivered:N0}  {stage.DeliveredPerSecond:N0}/s   queue {now.Queue.Total:N0}, of it deferred {now.Queue.Deferred:N0}, in flight {now.Queue.InFlight:N0}   complaints {now.Complaints:N0}");
        return new(text, Strong) { Overflow = Overflow.Ellipsis };
    }

    private static Table Tenants(Snapshot now)
    {
        var table = New("tenant", "state", "delivered", "deferred", "hard bounces", "complaints", "complaint rate", "waiting");
        foreach (var tenant in now.Tenants.Take(MostRows))
        {
            table.AddRow(
                new Text(tenant.Id), State(tenant.State), Number(tenant.Counters.Delivered), Number(tenant.Counters.Deferred), Number(tenant.Counters.HardBounces),
                Number(tenant.Counters.Complaints), Percent(tenant.Rates.Complaint), Number(now.Waiting(tenant.Id)));
        }

        return table;
    }

    private static Table Ips(Snapshot now)
    {
        var table = New("sending IP", "state", "delivered", "deferred");
        foreach (var ip in now.Ips.Take(MostRows))
        {
            table.AddRow(new Text(ip.Ip), State(ip.State), Number(ip.Counters.Delivered), Number(ip.Counters.Deferred));
        }

        return table;
    }

    private static Table Domains(Snapshot now)
    {
        var table = New("recipient domain", "state", "delivered", "deferred", "waiting");
        foreach (var domain in now.Domains.Take(MostRows))
        {
            table.AddRow(new Text(domain.Domain), State(domain.State), Number(domain.Counters.Delivered), Number(domain.Counters.Deferred), Number(now.WaitingFor(domain.Domain)));
        }

        return table;
    }

    private static Panel Lines(string title, IReadOnlyList<string> lines, int width) =>
        new(new Rows(lines.Select(line => new Text(line.Length > width ? line[..Math.Max(0, width - 1)] + "…" : line)))) { Header = new(Markup.Escape(title)), Expand = true, BorderStyle = Dim };

    private static Table New(params IReadOnlyList<string> columns)
    {
        var table = new Table { Border = TableBorder.Rounded, BorderStyle = Dim };
        foreach (var (index, column) in columns.Index())
        {
            table.AddColumn(new TableColumn(new Text(column, Dim)) { Alignment = index < 2 ? Justify.Left : Justify.Right, NoWrap = true });
        }

        return table;
    }

    private static Text State(Standing standing) => new(standing.ToString().ToLowerInvariant(), standing switch
    {
        Standing.Pending => Dim,
        Standing.Active => new(Color.Green),
        Standing.Warned => new(Color.Yellow),
        Standing.Suspended or Standing.Terminated => new(Color.Red, decoration: Decoration.Bold),
        _ => throw new InvalidOperationException($"no standing {standing}"),
    });

    private static Text Number(long value) => new(value.ToString("N0", Invariant));

    private static Text Percent(decimal fraction) => new((100 * fraction).ToString("0.000", Invariant) + " %");
}
