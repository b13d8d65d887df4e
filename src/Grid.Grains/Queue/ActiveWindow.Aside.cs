using System.Collections.Concurrent;
using Grid.Contracts.Admission;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Queue;

/// <content>
/// Mail that is held while other mail of its tenant goes: it waits aside in the store, where nobody reads past it, and waits as others do
/// again when the hold no longer is for it. Only the window's one loop puts aside and takes back, a page at a time, so that nobody waits for it.
/// </content>
public sealed partial class ActiveWindow
{
    private const int AsidePage = 1000;

    private readonly ConcurrentDictionary<string, bool> _holding = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AsideMail> _aside = new(StringComparer.Ordinal);

    private static bool IsHeld(Envelope envelope, MailHold? hold) => hold?.Holds(envelope.Stream, envelope.Campaign) is true;

    private void OnHoldChanged(string tenant)
    {
        if (book.HoldOf(tenant) is null)
        {
            _holding.TryRemove(tenant, out _);
        }
        else
        {
            _holding[tenant] = true;
        }

        foreach (var queue in queues.All)
        {
            queue.Sift(tenant);
        }

        Stir();
    }

    /// <summary>Finds what an earlier process put aside.</summary>
    private async ValueTask ListAsideAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in await spool.AsideAsync(cancellationToken))
        {
            _aside.TryAdd(tenant, new());
        }
    }

    /// <summary>Puts aside what was read from the store and is held; returns the hold that it was judged by.</summary>
    private async ValueTask<MailHold?> PutAsideAsync(string tenant, IReadOnlyList<Envelope> read, CancellationToken cancellationToken)
    {
        var hold = book.HoldOf(tenant);
        if (hold is not null && read.Where(envelope => IsHeld(envelope, hold)).Select(envelope => envelope.Key).ToList() is { Count: > 0 } held)
        {
            Note(tenant, hold);
            await spool.PutAsideAsync(held, cancellationToken);
        }

        return hold;
    }

    /// <summary>Puts aside what is held in memory.</summary>
    private async ValueTask PutHeldAsideAsync(CancellationToken cancellationToken)
    {
        if (_holding.IsEmpty)
        {
            return;
        }

        List<QueueItem> held = [], free = [];
        foreach (var item in Take(() => [.. queues.All.SelectMany(queue => queue.WithdrawHeld())]))
        {
            var hold = book.HoldOf(item.Envelope.Tenant);
            (IsHeld(item.Envelope, hold) ? held : free).Add(item);
            if (hold is not null)
            {
                Note(item.Envelope.Tenant, hold);
            }
        }

        _routing.Enqueue(Left(free));
        await LeaveAsync(held, () => spool.PutAsideAsync([.. held.Select(item => item.Envelope.Key)], cancellationToken));
    }

    /// <summary>Takes back what is aside and not held any more, a page of each tenant.</summary>
    private async ValueTask TakeBackAsync(CancellationToken cancellationToken)
    {
        foreach (var (tenant, aside) in _aside.ToList())
        {
            var block = book.Enter(PermitKind.Send, Subject.Tenant(tenant));
            try
            {
                // Where there are none at hand this asks for some: nobody else may.
                var now = clock.GetTimestamp();
                if (block.TryUse(now))
                {
                    block.Untake(now);
                }

                if (block.IsHoldKnown)
                {
                    await TakeBackAsync(tenant, aside, block.Hold, cancellationToken);
                }
            }
            finally
            {
                book.Leave(block);
            }
        }
    }

    private async ValueTask TakeBackAsync(string tenant, AsideMail aside, MailHold? hold, CancellationToken cancellationToken)
    {
        if (!aside.Begin(hold))
        {
            return;
        }

        var page = await spool.ReadAsideAsync(tenant, aside.After, AsidePage, cancellationToken);
        var free = page.Where(envelope => !IsHeld(envelope, hold)).ToList();
        await spool.TakeBackAsync([.. free.Select(envelope => envelope.Key)], cancellationToken);
        aside.Seen(page, free.Count);
        if (aside.IsEmpty)
        {
            _aside.Remove(tenant);
        }

        Wait(free.Select(envelope => (envelope, envelope.DueAt)));
    }

    private void Note(string tenant, MailHold hold)
    {
        if (!_aside.TryGetValue(tenant, out var aside))
        {
            _aside[tenant] = aside = new();
        }

        aside.Put(hold);
    }
}
