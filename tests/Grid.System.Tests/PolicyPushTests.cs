using System.Collections.Concurrent;
using System.Diagnostics;
using Grid.System.Tests.Beds;

namespace Grid.System.Tests;

/// <summary>A policy pushed while 1,000 tenants send 10,000 messages a minute: in force for each before the answer, and nothing is dropped.</summary>
[Collection(LoadCollection.Name)]
public sealed class PolicyPushTests(ITestOutputHelper output)
{
    private const int Tenants = 1_000;
    private const int AtOnce = 8;
    private const int Generously = 30;
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1) / 10_000;

    private const string Clause =
        """

          - id: no-double-opt-in
            words: for this test nobody may mail those who opted in twice
            subject: recipient
            when: {declaration: consent.method, in: [double-opt-in]}
            then: refuse
        """;

    [Fact]
    public async Task Push_and_rollback_under_load_hold_for_every_tenant_when_they_are_answered()
    {
        await using var receiver = new RecordingReceiver();
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(receiver.Port));
        var keys = new string[Tenants];
        await Parallel.ForAsync(0, Tenants, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) => keys[i] = await grid.Api.TenantAsync($"t{i}"));
        var strict = (await grid.Api.GetAsync("/v1/policies/default")).TextAt("text").TrimEnd() + Clause;

        using var ending = new CancellationTokenSource();
        var sent = new ConcurrentBag<Sent>();
        var load = LoadAsync(grid, keys, sent, ending.Token);
        Assert.All(await EachAsync(grid, keys, sent), answer => Assert.Equal(202, answer.Status));

        var pushed = await TimedAsync(() => grid.Api.CallAsync(HttpMethod.Put, "/v1/policies/default?reason=a+test", strict, type: "application/yaml"));
        Assert.True(pushed.Answer.Status == 200, pushed.Answer.ToString());
        var refused = await EachAsync(grid, keys, sent);
        Assert.All(refused, answer => Assert.True(answer.Status is 403 or 422 && answer.TextAt("clause") == "no-double-opt-in" && answer.NumberAt("policyVersion") == 2, answer.ToString()));

        var back = await TimedAsync(() => grid.Api.PostAsync("/v1/policies/default/rollback", new { version = 1, reason = "the test is over" }));
        Assert.True(back.Answer.Status == 200, back.Answer.ToString());
        Assert.All(await EachAsync(grid, keys, sent), answer => Assert.Equal(202, answer.Status));
        await ending.CancelAsync();
        await load;

        // Each message that was sent between the answers had its answer by the version in force; none got another.
        Assert.All(sent.Where(s => s.Began > pushed.Ended && s.Ended < back.Began), s => Assert.NotEqual(202, s.Status));
        Assert.All(sent.Where(s => s.Ended < pushed.Began || s.Began > back.Ended), s => Assert.Equal(202, s.Status));
        var accepted = sent.Count(s => s.Status == 202);
        await receiver.ReceivesAsync(accepted, 120);
        Assert.Equal(accepted, receiver.Count);
        output.WriteLine($"push answered after {(pushed.Ended - pushed.Began).TotalMilliseconds:0} ms, roll-back after {(back.Ended - back.Began).TotalMilliseconds:0} ms; {sent.Count} sent, {accepted} accepted and received");
        Assert.InRange((pushed.Ended - pushed.Began).TotalSeconds, 0, Generously);
        Assert.InRange((back.Ended - back.Began).TotalSeconds, 0, Generously);
    }

    private static async Task<(ApiAnswer Answer, TimeSpan Began, TimeSpan Ended)> TimedAsync(Func<Task<ApiAnswer>> call)
    {
        var began = Now;
        var answer = await call();
        return (answer, began, Now);
    }

    private static async Task LoadAsync(GridProcess grid, string[] keys, ConcurrentBag<Sent> sent, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Pace);
        var open = new List<Task>();
        for (var i = 0; !cancellationToken.IsCancellationRequested; i++)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            open.Add(SendAsync(grid, keys, i % Tenants, sent));
            open.RemoveAll(task => task.IsCompletedSuccessfully);
        }

        await Task.WhenAll(open);
    }

    private static async Task<IReadOnlyCollection<ApiAnswer>> EachAsync(GridProcess grid, string[] keys, ConcurrentBag<Sent> sent)
    {
        var answers = new ConcurrentBag<ApiAnswer>();
        await Parallel.ForAsync(0, Tenants, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) => answers.Add(await SendAsync(grid, keys, i, sent)));
        return answers;
    }

    private static async Task<ApiAnswer> SendAsync(GridProcess grid, string[] keys, int tenant, ConcurrentBag<Sent> sent)
    {
        var began = Now;
        var answer = await grid.Api.PostAsync("/v1/messages", GridApi.Message($"t{tenant}", $"u{tenant}@d{tenant % 50}.example"), keys[tenant]);
        sent.Add(new(began, Now, answer.Status));
        return answer;
    }

    private static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    private sealed record Sent(TimeSpan Began, TimeSpan Ended, int Status);
}
