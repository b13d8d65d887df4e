using Grid.System.Tests.Beds;
using Microsoft.Data.Sqlite;

namespace Grid.System.Tests;

/// <summary>How the process starts and ends, in exit statuses and words.</summary>
public sealed class LifecycleTests
{
    [Theory]
    [InlineData("Grid__Http__Urls", "nowhere", "Grid:Http:Urls: must be ")]
    [InlineData("Grid__Routes__0__Port", "70000", "Grid:Routes:0:Port: must be ")]
    [InlineData("Grid__Submision__Listen", "127.0.0.1:2587", "Grid:Submision:Listen: there is no such option; the nearest is Grid:Submission:Listen")]
    public async Task Start_with_a_bad_option_ends_with_2_and_one_line(string name, string value, string line)
    {
        var folder = Directory.CreateTempSubdirectory("grid-system-").FullName;
        var settings = new Dictionary<string, string> { ["Grid__Data"] = Path.Combine(folder, "data"), [name] = value };
        if (name.Contains("Routes", StringComparison.Ordinal))
        {
            settings["Grid__Routes__0__Domain"] = "*";
            settings["Grid__Routes__0__Host"] = "127.0.0.1";
        }

        using var run = new HostRun(folder, settings);

        Assert.Equal(2, await run.EndsAsync(60));
        Assert.StartsWith(line, Assert.Single(run.Errors));
        Assert.Empty(run.Output);
        Assert.False(Directory.Exists(Path.Combine(folder, "data")), "a store was made");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Second_process_on_the_same_folder_ends_with_3_and_harms_nobody()
    {
        await using var receiver = new RecordingReceiver();
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(receiver.Port));
        var key = await grid.Api.TenantAsync("acme");
        var settings = new Dictionary<string, string>(grid.Settings)
        {
            ["Grid__Http__Urls"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["Grid__Submission__Listen"] = $"127.0.0.1:{FreePort.Next()}",
            ["Grid__Inbound__Listen"] = $"127.0.0.1:{FreePort.Next()}",
        };

        using var second = new HostRun(grid.Folder, settings);

        Assert.Equal(3, await second.EndsAsync(60));
        Assert.Contains("in use by another process", Assert.Single(second.Errors), StringComparison.Ordinal);
        Assert.Equal(202, (await grid.Api.PostAsync("/v1/messages", GridApi.Message("acme", "a@b.example"), key)).Status);
        await receiver.ReceivesAsync(1, 30);
        Assert.Equal(0, await grid.StopAsync());
    }

    [Fact]
    public async Task Start_on_a_store_of_a_newer_version_ends_with_3_and_says_what_to_do()
    {
        await using var grid = await GridProcess.StartAsync(new());
        Assert.Equal(0, await grid.StopAsync());
        SQLitePCL.Batteries_V2.Init();
        await using (var store = new SqliteConnection($"Data Source={Path.Combine(grid.Folder, "grid.db")};Pooling=False"))
        {
            await store.OpenAsync();
            await using var command = new SqliteCommand("INSERT INTO schema_version (version, applied_at) SELECT max(version) + 7, 0 FROM schema_version", store);
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }

        using var newer = new HostRun(grid.Folder, grid.Settings);

        Assert.Equal(3, await newer.EndsAsync(60));
        Assert.Contains("newer", Assert.Single(newer.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sigterm_lets_open_transactions_end_and_keeps_the_rest()
    {
        const int Messages = 400;
        await using var receiver = new RecordingReceiver(async (verb, _, _) =>
        {
            // A receiver that takes its time, so that transactions are open whenever the end comes.
            if (verb == "END")
            {
                await Task.Delay(100);
            }

            return null;
        });
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(receiver.Port));
        var key = await grid.Api.TenantAsync("acme");
        await grid.Api.SendAsync(key, Enumerable.Range(0, Messages).Select(i => GridApi.Message("acme", $"u{i}@client.example", $"m{i}")));
        await receiver.ReceivesAsync(50, 30);

        Assert.Equal(0, await grid.StopAsync());

        var before = receiver.Count;
        Assert.InRange(before, 50, Messages - 1);
        await grid.StartAgainAsync();
        await receiver.ReceivesAsync(Messages, 60);
        await Eventually.BecomesAsync(() => grid.CounterAsync("acme", "delivered"), count => count == Messages, 30, "the counter");
        Assert.Equal(Messages, receiver.Messages.DistinctBy(message => message.Subject).Count());
        Assert.Equal(Messages, receiver.Count);
    }
}
