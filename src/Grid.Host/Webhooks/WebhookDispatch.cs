using System.Collections.Concurrent;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains;
using Grid.Host.Options;

namespace Grid.Host.Webhooks;

/// <summary>
/// Runs every tenant's webhooks, each by itself. In: the webhooks in the store, and changes to them. Out: a runner for each.
/// Guarantees that a change holds when it is answered, and that changes to webhooks come one after the other. With several processes on
/// one store each sends its own log, and learns of the others' changes within half a minute.
/// </summary>
public sealed class WebhookDispatch : IHostedService, IAsyncDisposable
{
    private const int Page = 500;
    private static readonly TimeSpan LearnEvery = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(string Tenant, string Name), WebhookRunner> _runners = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly WebhookLanes _lanes = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly WebhookServices _services;
    private readonly IWebhooks _webhooks;
    private readonly bool _shared;
    private readonly ILogger<WebhookDispatch> _log;
    private Task _learning = Task.CompletedTask;
    private volatile bool _ended;
    private int _disposed;

    public WebhookDispatch(
        IWebhooks webhooks, IOutcomeLog log, IOutcomeLookUp lookUp, IWebhookTransport transport, OutcomeBell bell, WebhookInstruments instruments,
        IWebhookNotices notices, NodeIdentity node, GridOptions options, TimeProvider clock, ILogger<WebhookDispatch> logger)
    {
        (_webhooks, _log, _shared) = (webhooks, logger, options.Storage.Provider == StorageProvider.PostgreSQL);
        _services = new(webhooks, log, lookUp, transport, bell, _lanes, instruments, notices, node, clock);
        instruments.ObserveStates(States);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await LearnAsync(cancellationToken);
        _learning = _shared ? LearnOnAsync(_stop.Token) : Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _ended = true;
        await _stop.CancelAsync();
        await _learning.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            await Task.WhenAll(_runners.Values.Select(runner => runner.DisposeAsync().AsTask()));
            _runners.Clear();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Halts a webhook, has it changed in the store, and goes on with what is there then.</summary>
    /// <param name="change">Given the progress as it stands; null where nothing was sent yet.</param>
    public async ValueTask<T> ChangeAsync<T>(string tenant, string name, Func<WebhookProgress?, ValueTask<T>> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await HaltAsync((tenant, name));
            try
            {
                return await change(await _webhooks.ReadProgressAsync(tenant, name, CancellationToken.None));
            }
            finally
            {
                if (await _webhooks.FindAsync(tenant, name, CancellationToken.None) is { } webhook)
                {
                    await RunAsync(webhook);
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The container knows it as itself and as a hosted service, and disposes of both.
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await StopAsync(CancellationToken.None);
        _lanes.Dispose();
        _stop.Dispose();
        _turn.Dispose();
    }

    private async Task LearnOnAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LearnEvery, _services.Clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await LearnAsync(cancellationToken);
            }
            catch (StoreUnavailableException)
            {
                // The next round has what this one missed.
            }
        }
    }

    private async Task LearnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var there = new HashSet<(string, string)>();
            var (tenant, name) = ("", "");
            IReadOnlyList<Webhook> page;
            do
            {
                page = await _webhooks.ListAsync(tenant, name, Page, cancellationToken);
                foreach (var webhook in page)
                {
                    (tenant, name) = (webhook.Tenant, webhook.Name);
                    there.Add((tenant, name));
                    if (!_runners.TryGetValue((tenant, name), out var runner) || !IsSame(runner.Webhook, webhook))
                    {
                        await HaltAsync((tenant, name));
                        await RunAsync(webhook);
                    }
                }
            }
            while (page.Count == Page);

            foreach (var gone in _runners.Keys.Where(key => !there.Contains(key)).ToList())
            {
                await HaltAsync(gone);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask RunAsync(Webhook webhook)
    {
        if (_ended)
        {
            return;
        }

        var progress = await _webhooks.ReadProgressAsync(webhook.Tenant, webhook.Name)
            ?? new(webhook.Tenant, webhook.Name, await _services.LookUp.PositionBeforeAsync(webhook.CreatedAt));
        var runner = new WebhookRunner(webhook, progress, _services, _log);
        _runners[(webhook.Tenant, webhook.Name)] = runner;
        runner.Start();
    }

    private async ValueTask HaltAsync((string, string) key)
    {
        if (_runners.TryRemove(key, out var runner))
        {
            await runner.DisposeAsync();
        }
    }

    private (int Active, int Failing, int Paused) States()
    {
        var runners = _runners.Values;
        var paused = runners.Count(runner => runner.Webhook.PausedAt is not null);
        var failing = runners.Count(runner => runner.Webhook.PausedAt is null && runner.Progress.FailingSince is not null);
        return (runners.Count - paused - failing, failing, paused);
    }

    private static bool IsSame(Webhook one, Webhook other) =>
        one with { Secret = default, OldSecret = null } == other with { Secret = default, OldSecret = null } && one.Secret.Span.SequenceEqual(other.Secret.Span);
}
