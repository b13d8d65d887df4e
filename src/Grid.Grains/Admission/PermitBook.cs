using System.Collections.Concurrent;
using Grid.Contracts.Admission;
using Grid.Contracts.Enforcement;
using Grid.Contracts.Sending;
using Grid.Core.Vocabulary;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Admission;

/// <summary>
/// Every block of permits that this process holds: the one holder that the grains know. In: demand of intake and of the queues.
/// Out: permits. Guarantees that when an owner's Changed completes, no permit that it granted before is used any more.
/// An owner that doesn't answer is asked again after a second; meanwhile its subject waits.
/// </summary>
public sealed partial class PermitBook(IGrainFactory grains, TimeProvider clock, ILogger<PermitBook> log) : IPermitHolder
{
    private const int MostSilences = 3;
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(PermitKind Kind, Subject Subject), PermitBlock> _blocks = new();
    private readonly Lock _gate = new();
    private IPermitHolder? _self;

    /// <summary>A subject has ended: its queue is to be cancelled.</summary>
    public event Action<Subject>? Ended;

    /// <summary>What of a tenant's mail isn't to be sent has changed.</summary>
    public event Action<string>? HoldChanged;

    /// <summary>The block of a subject; the caller keeps it until <see cref="Leave"/>.</summary>
    public PermitBlock Enter(PermitKind kind, Subject subject)
    {
        while (true)
        {
            var block = _blocks.GetOrAdd((kind, subject), static (key, book) => new(key.Kind, key.Subject, book.Ask), this);
            Interlocked.Increment(ref block.Users);
            if (_blocks.TryGetValue((kind, subject), out var held) && ReferenceEquals(held, block))
            {
                return block;
            }
        }
    }

    /// <summary>The caller no longer uses the block.</summary>
    public void Leave(PermitBlock block) => Interlocked.Decrement(ref block.Users);

    /// <summary>Takes permits that aren't paced, waiting for the owner's answers where none are at hand; false with the block's refusal, because the owner has
    /// fewer, or because it was silent three times.</summary>
    public async ValueTask<bool> UseAsync(PermitBlock block, int count, CancellationToken cancellationToken)
    {
        for (var silences = 0; silences < MostSilences;)
        {
            if (block.TryUse(clock.GetTimestamp(), count))
            {
                return true;
            }

            if (block.RetryAfter != TimeSpan.Zero)
            {
                return false;
            }

            // Others may have been quicker to take what was granted: that is no reason to refuse.
            silences += await block.Answer.WaitAsync(cancellationToken) ? 0 : 1;
        }

        return false;
    }

    /// <summary>True while the subject's owner gives nothing until something changes: suspended, rested, paused.</summary>
    public bool IsHeld(PermitKind kind, Subject subject) => _blocks.TryGetValue((kind, subject), out var block) && block.RetryAfter < TimeSpan.Zero;

    /// <summary>What of a tenant's mail isn't to be sent, as far as this process knows; null: nothing, or all of it.</summary>
    public MailHold? HoldOf(string tenant) => _blocks.TryGetValue((PermitKind.Send, Subject.Tenant(tenant)), out var block) ? block.Hold : null;

    /// <inheritdoc />
    public Task Changed(Subject subject, long epoch, bool ended)
    {
        foreach (var kind in (ReadOnlySpan<PermitKind>)[PermitKind.Send, PermitKind.Submit])
        {
            if (_blocks.TryGetValue((kind, subject), out var block))
            {
                Call(block.Revoke(epoch));
            }
        }

        if (ended)
        {
            Ended?.Invoke(subject);
        }

        return Task.CompletedTask;
    }

    /// <summary>Voids what is at hand of all subjects of a kind, so that their owners are asked again.</summary>
    public void Drop(SubjectKind kind)
    {
        foreach (var block in _blocks.Values.Where(b => b.Subject.Kind == kind))
        {
            Call(block.Drop());
        }
    }

    /// <summary>Forgets blocks that nobody has used for ten minutes.</summary>
    public void Forget()
    {
        var before = clock.GetTimestamp() - (long)(ForgetAfter.TotalSeconds * clock.TimestampFrequency);
        foreach (var (key, block) in _blocks)
        {
            if (Volatile.Read(ref block.Users) == 0 && block.LastUse < before)
            {
                _blocks.TryRemove(new(key, block));
            }
        }
    }

    private void Ask(PermitBlock block) => ThreadPool.UnsafeQueueUserWorkItem(static s => _ = s.Book.AskAsync(s.Block), (Book: this, Block: block), preferLocal: false);

    private async Task AskAsync(PermitBlock block)
    {
        var askedAt = clock.GetTimestamp();
        try
        {
            var (wanted, unused) = block.StartAsking(askedAt);
            var grant = await Owner(block.Subject).Acquire(Self(), block.Kind, wanted, unused);
            var hold = block.Hold;
            var waiters = block.Receive(grant, askedAt, clock.TimestampFrequency);
            if (block.Kind == PermitKind.Send && !ReferenceEquals(hold, block.Hold))
            {
                HoldChanged?.Invoke(block.Subject.Key);
            }

            Call(waiters);
            if (grant.Refusal is { State: "terminated" } && block.Kind == PermitKind.Send)
            {
                // It ended while this process wasn't there to be told, and mail of it is still queued.
                Ended?.Invoke(block.Subject);
            }

            if (grant.Count == 0)
            {
                ReopenAfter(block, grant.RetryAfter < TimeSpan.Zero || grant.RetryAfter > LongestWait ? LongestWait : grant.RetryAfter, asked: false);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogOwnerSilent(e, block.Subject);
            ReopenAfter(block, AskAgain, asked: true);
        }
    }

    private void ReopenAfter(PermitBlock block, TimeSpan wait, bool asked) => Alarm.Ring(clock, wait, () => Call(block.Reopen(asked)));

    private IPermitGrain Owner(Subject subject) => subject.Kind switch
    {
        SubjectKind.Tenant => grains.GetGrain<ITenantGrain>(subject.Key),
        SubjectKind.Ip => grains.GetGrain<ISendingIpGrain>(subject.Key),
        SubjectKind.Domain => grains.GetGrain<IRecipientDomainGrain>(subject.Key),
        SubjectKind.Site => grains.GetGrain<ISiteGrain>(subject.Key),
        SubjectKind.Lane => grains.GetGrain<ILaneGrain>(subject.Key),
        _ => throw new InvalidOperationException($"nobody owns {subject}"),
    };

    private IPermitHolder Self()
    {
        lock (_gate)
        {
            return _self ??= grains.CreateObjectReference<IPermitHolder>(this);
        }
    }

    private static void Call(IReadOnlyList<Action> waiters)
    {
        foreach (var waiter in waiters)
        {
            waiter();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No answer from the owner of {Subject}; asking again")]
    private partial void LogOwnerSilent(Exception e, Subject subject);
}
