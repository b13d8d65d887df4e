using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Queue;

/// <summary>
/// Brings envelopes to their ready queues. In: envelopes in memory. Out: the same in the queue of their pool and their domain's hosts, or
/// word that there is no way. Guarantees that none is lost, whatever a look-up does, that one whose queue was retired meanwhile finds the next,
/// and that one can be taken back while its way is looked up.
/// </summary>
internal sealed partial class QueueRouting(ReadyQueues queues, ILogger log)
{
    private readonly ConcurrentDictionary<EnvelopeKey, bool> _underWay = [];

    /// <summary>There is no way to the domain, for now or for good, as the reply says: someone else settles it.</summary>
    public event Action<QueueItem, SmtpReply>? Unroutable;

    /// <summary>It is for a mailbox that only pretends, and must not be sent: someone else settles it.</summary>
    public event Action<QueueItem>? Simulated;

    /// <summary>Hands each to the queue of its pool and its domain's hosts, now or when they are looked up.</summary>
    public void Enqueue(IReadOnlyList<QueueItem> items)
    {
        // Almost always everything of one call is for one queue: hand over runs, not single items.
        var run = new List<QueueItem>(items.Count);
        ReadyQueue? queue = null;
        foreach (var item in items)
        {
            if (MailboxSimulator.Has(item.Envelope))
            {
                Simulated?.Invoke(item);
                continue;
            }

            var found = Find(item);
            if (!found.IsCompletedSuccessfully)
            {
                _ = EnqueueLaterAsync(found, item);
                continue;
            }

            if (found.Result.Queue is not { } next)
            {
                Unroutable?.Invoke(item, found.Result.Failure!);
                continue;
            }

            if (!ReferenceEquals(next, queue) && run.Count > 0)
            {
                Add(queue!, run);
                run = [];
            }

            queue = next;
            run.Add(item);
        }

        if (run.Count > 0)
        {
            Add(queue!, run);
        }
    }

    /// <summary>Back to the front of its queue.</summary>
    public Task ReturnAsync(QueueItem item) => EnqueueLaterAsync(Find(item), item, returned: true);

    /// <summary>Takes one whose way is still being looked up: it comes to no queue.</summary>
    public bool TryTake(EnvelopeKey key) => _underWay.TryRemove(key, out _);

    private ValueTask<QueueAnswer> Find(QueueItem item) => queues.FindAsync(item.Envelope.Pool, item.Envelope.Domain, item.Envelope.AnyTls);

    private void Add(ReadyQueue queue, List<QueueItem> run)
    {
        if (!queue.Add(run))
        {
            // It was retired between finding it and here.
            run.ForEach(item => _ = EnqueueLaterAsync(Find(item), item));
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A route look-up that breaks must not lose the envelope: it counts as no route for now.")]
    private async Task EnqueueLaterAsync(ValueTask<QueueAnswer> found, QueueItem item, bool returned = false)
    {
        while (true)
        {
            _underWay[item.Envelope.Key] = true;
            QueueAnswer answer;
            try
            {
                answer = await found;
            }
            catch (Exception e)
            {
                LogNoRoute(e);
                answer = new(null, new(451, "4.4.3", "name service error: " + e.Message));
            }

            if (!TryTake(item.Envelope.Key))
            {
                return;
            }

            if (answer.Queue is null)
            {
                Unroutable?.Invoke(item, answer.Failure!);
                return;
            }

            if (answer.Queue.Add([item], returned))
            {
                return;
            }

            await Task.Yield();
            found = Find(item);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A route look-up failed")]
    private partial void LogNoRoute(Exception e);
}
