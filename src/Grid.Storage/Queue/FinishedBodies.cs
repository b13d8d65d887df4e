using Grid.Core.Vocabulary;

namespace Grid.Storage.Queue;

/// <summary>
/// Messages of which a recipient has ended: their bodies are deleted when the last one has. Used by the writer's thread alone. Holds at
/// most <see cref="Capacity"/>; what doesn't fit, or was lost with the process, the janitor's sweep finds.
/// </summary>
/// <param name="keep">True while bodies are kept for a while after the end, or something is held for the law: then nothing is noted here, and the janitor deletes them all.</param>
internal sealed class FinishedBodies(Func<bool> keep)
{
    public const int Capacity = 262_144;

    /// <summary>Most that are deleted in one transaction of their own: some milliseconds.</summary>
    public const int Batch = 256;

    private readonly Queue<long> _messages = new();

    public int Count => _messages.Count;

    /// <summary>Condition on a message whose body may go: no recipient is live, and no report that may return it is still to be written.</summary>
    public static string NobodyNeeds(string message) =>
        $"NOT EXISTS (SELECT 1 FROM envelope WHERE envelope.message = {message}) AND NOT EXISTS (SELECT 1 FROM dsn_notice WHERE dsn_notice.message = {message} AND state = 0 AND action <> {(int)DsnAction.Delayed})";

    public void Add(List<long> messages)
    {
        if (keep())
        {
            return;
        }

        foreach (var message in messages)
        {
            if (_messages.Count < Capacity)
            {
                _messages.Enqueue(message);
            }
        }
    }

    public bool TryTake(out long message) => _messages.TryDequeue(out message);
}
