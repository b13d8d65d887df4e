using System.Diagnostics.CodeAnalysis;

namespace Grid.Grains.Queue;

/// <content>Finding each envelope's way to its ready queue.</content>
public sealed partial class ActiveWindow
{
    private void Enqueue(IReadOnlyList<QueueItem> items)
    {
        // Almost always everything of one call is for one queue: hand over runs, not single items.
        var run = new List<QueueItem>(items.Count);
        ReadyQueue? queue = null;
        foreach (var item in items)
        {
            var found = queues.FindAsync(item.Envelope.Pool, item.Envelope.Domain);
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

    private void Add(ReadyQueue queue, List<QueueItem> run)
    {
        if (!queue.Add(run))
        {
            // It was retired between finding it and here.
            run.ForEach(item => _ = EnqueueLaterAsync(queues.FindAsync(item.Envelope.Pool, item.Envelope.Domain), item));
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A route look-up that breaks must not lose the envelope: it counts as no route for now.")]
    private async Task EnqueueLaterAsync(ValueTask<QueueAnswer> found, QueueItem item, bool returned = false)
    {
        while (true)
        {
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
            found = queues.FindAsync(item.Envelope.Pool, item.Envelope.Domain);
        }
    }
}
