using Grid.Core.Outcomes;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Microsoft.Extensions.Logging;

namespace Grid.Host.Webhooks;

/// <summary>
/// Sends one webhook what it wants of its tenant's outcomes. In: the outcome log after the webhook's own position. Out: signed batches,
/// one at a time, in the order of the log. Guarantees that each outcome is taken by the receiver at least once: the position moves only
/// after its 2xx and is kept in the store; a batch that failed is repeated as it was. Holds one batch, and only while it is under way.
/// Fails: what the receiver refuses is tried again with growing waits, and after three days, or a 410, the webhook pauses where it is.
/// </summary>
internal sealed partial class WebhookRunner : IAsyncDisposable
{
    private const int ScanLimit = 50_000;

    /// <summary>An idle webhook's position is kept when it is so many records old, so that a restart reads no more than that in vain.</summary>
    private const int StaleRecords = 10_000;

    /// <summary>Outcomes of a moment share a batch.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan IdleAtMost = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    private readonly WebhookServices _services;
    private readonly ILogger _log;
    private readonly OutcomeWatch _watch;
    private readonly CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;
    private long _kept;
    private bool _proven;

    public WebhookRunner(Webhook webhook, WebhookProgress progress, WebhookServices services, ILogger log)
    {
        (Webhook, Progress, _services, _log, _kept) = (webhook, progress, services, log, progress.Position);
        _watch = services.Bell.Watch(webhook.Tenant);
    }

    public Webhook Webhook { get; private set; }

    public WebhookProgress Progress { get; private set; }

    public void Start() => _run = RunAsync(_stop.Token);

    /// <summary>Ends it; a batch under way may be sent again later.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _watch.Dispose();
        _stop.Dispose();
    }

    /// <summary>Does what is to be done now.</summary>
    internal async ValueTask<WebhookStep> StepAsync(CancellationToken cancellationToken)
    {
        var now = _services.Clock.GetUtcNow();
        if (Webhook.PausedAt is not null)
        {
            return new WebhookStep.Paused();
        }

        if (Progress.NextAt > now)
        {
            return new WebhookStep.Until(Progress.NextAt.Value);
        }

        if (_watch.Latest <= Progress.Position)
        {
            return new WebhookStep.Idle();
        }

        if (Progress.Through == 0)
        {
            Progress = Progress with { Position = _watch.Skip(Progress.Position) };
        }

        using var place = await _services.Lanes.EnterAsync(_proven, cancellationToken);
        var (records, next) = await _services.Log.ReadTenantAsync(Webhook.Tenant, Progress.Position, WebhookBatch.MaxEvents, ScanLimit, cancellationToken);
        var wanted = records.Where(r => Webhook.Events.Has(r.Kind) && (Progress.Through == 0 || r.Position <= Progress.Through)).ToList();
        if (wanted.Count == 0)
        {
            Progress = Progress with { Position = Progress.Through == 0 ? next : Math.Max(Progress.Position, Progress.Through), Through = 0 };
            return new WebhookStep.GoOn();
        }

        await SendAsync(wanted, cancellationToken);
        return new WebhookStep.GoOn();
    }

    /// <summary>Keeps a position that moved over outcomes which the webhook doesn't want.</summary>
    internal async ValueTask KeepIdleAsync(int stale)
    {
        var seen = _services.Bell.Seen;
        if (_watch.Latest <= Progress.Position && seen > Progress.Position && Progress.Through == 0)
        {
            Progress = Progress with { Position = seen };
        }

        if (Progress.Position - _kept >= stale)
        {
            await _services.Webhooks.WriteProgressAsync(Progress, CancellationToken.None);
            _kept = Progress.Position;
        }
    }

    private async ValueTask SendAsync(List<OutcomeRecord> wanted, CancellationToken cancellationToken)
    {
        var labels = await _services.LookUp.LabelsAsync([.. wanted.Select(record => record.Key.Message).Distinct()], cancellationToken);
        var began = _services.Clock.GetUtcNow();
        var batch = WebhookBatch.Make(Webhook, wanted, labels, _services.Node.Name, began);
        var started = _services.Clock.GetTimestamp();
        var answer = await _services.Transport.PostAsync(new(Webhook.Url), batch.Json, WebhookSignature.Sign(Webhook, batch.Id, batch.Json, began), cancellationToken);
        var took = _services.Clock.GetElapsedTime(started);
        _services.Instruments.Delivered(answer, batch.Count, took);
        _proven = answer is WebhookAnswer.Taken && took <= WebhookLanes.Soon;
        await SettleAsync(answer, batch.Through);
    }

    /// <summary>Not to be cancelled: what the receiver took is not to be sent again.</summary>
    private async ValueTask SettleAsync(WebhookAnswer answer, long through)
    {
        var now = _services.Clock.GetUtcNow();
        string? pause = null;
        switch (answer)
        {
            case WebhookAnswer.Taken:
                Progress = WebhookRetry.Taken(Progress, through, now);
                break;
            case WebhookAnswer.Failed failed:
                (Progress, var spent) = WebhookRetry.Failed(Progress, through, failed.Words, failed.RetryAfter, now);
                pause = spent ? $"no success for {WebhookRetry.GiveUpAfter.TotalDays:0} days; last: {Progress.LastError}" : null;
                break;
            case WebhookAnswer.Gone:
                (Progress, _) = WebhookRetry.Failed(Progress, through, "the receiver answered 410", null, now);
                pause = "the receiver answered 410: it wants no more";
                break;
            default:
                throw new InvalidOperationException($"no answer {answer.GetType().Name}");
        }

        await _services.Webhooks.WriteProgressAsync(Progress, CancellationToken.None);
        _kept = Progress.Position;
        if (pause is not null)
        {
            Webhook = Webhook with { PausedAt = now, PauseReason = pause };
            await _services.Webhooks.PutAsync(Webhook, CancellationToken.None);
            LogPaused(Webhook.Name, Webhook.Tenant, pause);
            await _services.Notices.TellAsync(Webhook, CancellationToken.None);
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await WaitAsync(await StepAsync(cancellationToken), cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogFailed(e, Webhook.Name, Webhook.Tenant);
                await Task.Delay(Again, _services.Clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        try
        {
            await KeepIdleAsync(1);
        }
        catch (StoreUnavailableException e)
        {
            LogFailed(e, Webhook.Name, Webhook.Tenant);
        }
    }

    private async ValueTask WaitAsync(WebhookStep step, CancellationToken cancellationToken)
    {
        switch (step)
        {
            case WebhookStep.GoOn:
                break;
            case WebhookStep.Idle:
                if (await _watch.NewsAsync(Progress.Position, IdleAtMost, _services.Clock, cancellationToken))
                {
                    await Task.Delay(Gather, _services.Clock, cancellationToken);
                }
                else
                {
                    await KeepIdleAsync(StaleRecords);
                }

                break;
            case WebhookStep.Until until:
                var wait = until.At - _services.Clock.GetUtcNow();
                await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _services.Clock, cancellationToken);
                break;
            case WebhookStep.Paused:
                await Task.Delay(Timeout.InfiniteTimeSpan, _services.Clock, cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"no step {step.GetType().Name}");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Webhook} of tenant {Tenant} is paused: {Reason}")]
    private partial void LogPaused(string webhook, string tenant, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Webhook} of tenant {Tenant} could not go on; trying again")]
    private partial void LogFailed(Exception e, string webhook, string tenant);
}
