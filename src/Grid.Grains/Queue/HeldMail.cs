using Grid.Core.Ports;
using Grid.Core.Queue;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Grains.Ingress;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Queue;

/// <summary>
/// Mail that is held for review. In: what intake takes and holds; an operator's word. Out: mail that goes, or is cancelled. Guarantees that
/// held mail is in the queue as all other mail is, due at no time, so that nothing sends, expires or discards it before that word; that it is
/// on the list before it is kept; that a release holds over a kill, as it is written down first and done again until nothing of the message
/// is held. Each process lets its own mail go.
/// </summary>
public sealed partial class HeldMail(ISpool spool, IRegistry registry, ActiveWindow window, RetrySchedule schedule, TimeProvider clock, ILogger<HeldMail> log)
{
    private const string Kind = "held";

    /// <summary>The same by tenant: <c>TENANT/ID</c>.</summary>
    private const string OfTenant = "held-of";

    /// <summary>Releases that are not finished, on a list of their own: what is held may be much, and is not gone through for them.</summary>
    private const string Released = "held-released";

    private const int Page = 500;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    /// <summary>Puts what is held on the list.</summary>
    public async ValueTask NoteAsync(string tenant, IReadOnlyList<Submission> submissions, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (submissions.Any(s => s.Held is not null))
        {
            // At once, so that they share a commit.
            await Task.WhenAll(submissions.Where(s => s.Held is not null).Select(s => PutAsync(
                new(s.Id.ToString(), tenant, now, s.Held!.Policy, s.Held.PolicyVersion, s.Held.Clause, s.Held.Words, s.SendAt), cancellationToken)));
        }
    }

    /// <summary>It was not kept after all.</summary>
    public async ValueTask ForgetAsync(string tenant, IReadOnlyList<Submission> submissions, CancellationToken cancellationToken)
    {
        if (submissions.Any(s => s.Held is not null))
        {
            await Task.WhenAll(submissions.Where(s => s.Held is not null).Select(s => RemoveAsync(tenant, s.Id.ToString(), cancellationToken)));
        }
    }

    /// <summary>What is held, in order of id, which is that of time; after one id.</summary>
    public async ValueTask<IReadOnlyList<HeldMessage>> ListAsync(string? tenant, string after, int limit, CancellationToken cancellationToken)
    {
        var held = new List<HeldMessage>();
        var (kind, prefix, size) = (tenant is null ? Kind : OfTenant, tenant is null ? "" : tenant + "/", Math.Min(limit, Page));
        IReadOnlyList<KeyValuePair<string, string>> page;
        do
        {
            page = await registry.ListAsync(kind, prefix + after, size, cancellationToken);
            foreach (var entry in page.TakeWhile(entry => held.Count < limit && entry.Key.StartsWith(prefix, StringComparison.Ordinal)))
            {
                after = entry.Key[prefix.Length..];
                var message = Registered.Read<HeldMessage>(entry.Value);
                if (await IsHeldAsync(message, cancellationToken))
                {
                    held.Add(message);
                }
            }
        }
        while (page.Count == size && held.Count < limit && page[^1].Key.StartsWith(prefix, StringComparison.Ordinal));

        return held;
    }

    /// <summary>Null where nothing of that message is held.</summary>
    public async ValueTask<HeldMessage?> FindAsync(string id, CancellationToken cancellationToken) =>
        await registry.FindAsync<HeldMessage>(Kind, id, cancellationToken) is { } held && await IsHeldAsync(held, cancellationToken) ? held : null;

    /// <summary>Lets it go.</summary>
    public async ValueTask ReleaseAsync(HeldMessage held, CancellationToken cancellationToken)
    {
        var released = held with { ReleasedAt = clock.GetUtcNow() };
        await registry.PutAsync(Released, held.Id, released, cancellationToken);
        await PutAsync(released, CancellationToken.None);
        await LetGoAsync(released, CancellationToken.None);
    }

    /// <summary>Finishes releases, until cancelled: those of a process that died, and those of mail that another took.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Round, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await FinishAsync(cancellationToken);
            }
            catch (StoreUnavailableException e)
            {
                LogStoreAway(e);
            }
        }
    }

    /// <summary>Lets go what was released and is still held here.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<KeyValuePair<string, string>> page;
        var after = "";
        do
        {
            page = await registry.ListAsync(Released, after, Page, cancellationToken);
            foreach (var entry in page)
            {
                await LetGoAsync(Registered.Read<HeldMessage>(entry.Value), cancellationToken);
            }

            after = page.Count > 0 ? page[^1].Key : after;
        }
        while (page.Count == Page);
    }

    private async ValueTask LetGoAsync(HeldMessage held, CancellationToken cancellationToken)
    {
        if (!MessageId.TryParse(held.Id, out var id))
        {
            return;
        }

        var now = clock.GetUtcNow();
        var due = held.SendAt > now ? held.SendAt.Value : now;
        if (await spool.ReleaseAsync(id, due, due + schedule.MaxAge, cancellationToken) > 0)
        {
            window.Refresh();
        }

        await IsHeldAsync(held, cancellationToken);
        if (await spool.FindAsync(id, cancellationToken) is not { } message || !message.Live.Any(envelope => envelope.IsHeld))
        {
            await registry.RemoveAsync(Released, held.Id, cancellationToken);
        }
    }

    // What has gone some other way, such as by a cancellation, leaves the list. What was noted a moment ago may not be kept yet.
    private async ValueTask<bool> IsHeldAsync(HeldMessage held, CancellationToken cancellationToken)
    {
        if (MessageId.TryParse(held.Id, out var id) && await spool.FindAsync(id, cancellationToken) is { } message && message.Live.Any(envelope => envelope.IsHeld))
        {
            return held.ReleasedAt is null;
        }

        if (clock.GetUtcNow() - held.At > Round)
        {
            await RemoveAsync(held.Tenant, held.Id, cancellationToken);
        }

        return false;
    }

    private Task PutAsync(HeldMessage held, CancellationToken cancellationToken) => Task.WhenAll(
        registry.PutAsync(OfTenant, $"{held.Tenant}/{held.Id}", held, cancellationToken).AsTask(), registry.PutAsync(Kind, held.Id, held, cancellationToken).AsTask());

    private Task RemoveAsync(string tenant, string id, CancellationToken cancellationToken) =>
        Task.WhenAll(registry.RemoveAsync(OfTenant, $"{tenant}/{id}", cancellationToken).AsTask(), registry.RemoveAsync(Kind, id, cancellationToken).AsTask());

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store is away; held mail that was released waits")]
    private partial void LogStoreAway(Exception e);
}
