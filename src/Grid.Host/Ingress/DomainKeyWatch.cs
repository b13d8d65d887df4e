using Grid.Core.Ports;
using Grid.Host.Options;

namespace Grid.Host.Ingress;

/// <summary>
/// Looks signing keys' records up by itself: pending ones every 5 minutes, so that a key signs soon after it is published, and those
/// that sign once a day, so that a lost record is seen. Makes the platform's first key where its domain has none.
/// </summary>
public sealed partial class DomainKeyWatch(DomainKeys keys, IDkimKeys store, GridOptions options, TimeProvider clock, ILogger<DomainKeyWatch> log) : BackgroundService
{
    private const int Page = 100;
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);

    /// <summary>Looks at every key that is due.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (options.Dkim.Domain is { } platform && (await keys.ListAsync(DomainKeys.Platform, cancellationToken)).All(key => key.Domain != platform))
        {
            await keys.MakeAsync(DomainKeys.Platform, platform, cancellationToken);
        }

        await LookAsync(DkimKeyState.Pending, Round / 2, cancellationToken);
        await LookAsync(DkimKeyState.Active, Daily, cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, clock);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (StoreUnavailableException e)
            {
                LogNoStore(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(DkimKeyState state, TimeSpan every, CancellationToken cancellationToken)
    {
        for (var (domain, selector) = ("", ""); ;)
        {
            var page = await store.ListAsync(state, domain, selector, Page, cancellationToken);
            foreach (var key in page.Where(key => !(key.CheckedAt + every > clock.GetUtcNow())))
            {
                if (await keys.CheckAsync(key, cancellationToken) is KeyChange.Done { Key.CheckWords: { } words } && state == DkimKeyState.Active)
                {
                    LogUnpublished(key.Selector, key.Domain, words);
                }
            }

            if (page.Count < Page)
            {
                return;
            }

            (domain, selector) = (page[^1].Domain, page[^1].Selector);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Key {Selector} signs for {Domain}, and its record isn't as it should be: {Words}")]
    private partial void LogUnpublished(string selector, string domain, string words);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signing keys could not be looked at")]
    private partial void LogNoStore(Exception e);
}
