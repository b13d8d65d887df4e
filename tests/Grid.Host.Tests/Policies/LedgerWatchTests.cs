using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Enforcement;
using Grid.Host.Options;
using Grid.Host.Wiring;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Host.Tests.Policies;

/// <summary>Where a grid begins to follow its ledger.</summary>
public sealed class LedgerWatchTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("grid-watch-").FullName;
    private readonly Heard _heard = new();
    private WebApplication? _app;

    public async ValueTask InitializeAsync() =>
        _app = await GridProgram.BuildAsync(
            GridConfiguration.Load([$"--Grid:Data={_data}", "--Grid:OperatorKey=operator-key-0123456789", "--Serilog:MinimumLevel:Default=Fatal"]),
            builder => builder.Services.AddSingleton<ILedgerFollower>(_heard));

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Entry_of_a_first_start_s_first_moment_is_followed_and_one_of_before_is_not()
    {
        var ledger = _app!.Services.GetRequiredService<ILedger>();
        var watch = _app.Services.GetRequiredService<LedgerWatch>();
        await AppendAsync(ledger, "before");
        await watch.StartAsync(TestContext.Current.CancellationToken);
        var first = await AppendAsync(ledger, "first");

        await watch.FollowAsync(TestContext.Current.CancellationToken);

        await watch.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal([first], _heard.Ids);
    }

    private static async Task<string> AppendAsync(ILedger ledger, string id)
    {
        await ledger.AppendAsync(new Decision
        {
            Id = id,
            At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Subject = Subject.Tenant("nobody"),
            From = Standing.Active,
            To = Standing.Active,
            Action = "configure",
            Policy = "default",
            PolicyVersion = 1,
            Clause = "operator",
            By = "operator",
        });
        return id;
    }

    private sealed class Heard : ILedgerFollower
    {
        public List<string> Ids { get; } = [];

        public ValueTask TakeAsync(Decision decision, CancellationToken cancellationToken)
        {
            Ids.Add(decision.Id);
            return default;
        }
    }
}
