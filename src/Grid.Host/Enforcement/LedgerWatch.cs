using Grid.Core.Ports;
using Grid.Grains;
using Grid.Grains.Enforcement;

namespace Grid.Host.Enforcement;

/// <summary>
/// Follows the ledger. In: its entries, in order. Out: whatever follows from them: notices, what terminated tenants were known by, billing.
/// Guarantees that each entry is taken by every follower, also over a kill, as the cursor moves only after them; the followers know a repeat.
/// A grid that had a ledger before it had this begins at its end. Fails by trying the same entry again, every <see cref="Round"/>.
/// </summary>
public sealed partial class LedgerWatch(IEnumerable<ILedgerFollower> followers, ILedger ledger, IRegistry registry, Readiness readiness, TimeProvider clock, ILogger<LedgerWatch> log) : BackgroundService
{
    private const string Kind = "ledger-cursor";
    private const string Key = "followers";
    private const int Page = 200;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _cursor;

    /// <summary>Follows what is there now.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var cursor = _cursor;
            for (var more = true; more;)
            {
                var entries = await ledger.ReadForwardAsync(cursor, Page, cancellationToken);
                foreach (var entry in entries)
                {
                    foreach (var follower in followers)
                    {
                        await follower.TakeAsync(entry.Decision, cancellationToken);
                    }

                    _cursor = cursor = entry.Link;
                }

                if (entries.Count > 0)
                {
                    await registry.PutAsync(Kind, Key, new LedgerCursor(cursor), cancellationToken);
                }

                more = entries.Count == Page;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Begins before anything is taken in, so that a first start follows its first entry.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _cursor = await BeginAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, clock);
        do
        {
            try
            {
                if (readiness.IsReady)
                {
                    await FollowAsync(stoppingToken);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
            {
                LogAgain(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async ValueTask<long> BeginAsync(CancellationToken cancellationToken)
    {
        if (await registry.FindAsync<LedgerCursor>(Kind, Key, cancellationToken) is { } kept)
        {
            return kept.Link;
        }

        var newest = await ledger.ReadAsync(null, null, 1, cancellationToken);
        var link = newest.Count == 0 ? 0 : (await ledger.FindAsync(newest[0].Id, cancellationToken))!.Link;
        await registry.PutAsync(Kind, Key, new LedgerCursor(link), cancellationToken);
        return link;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The ledger could not be followed; trying again")]
    private partial void LogAgain(Exception e);
}
