using Grid.Core.Vocabulary;

namespace Grid.Grains.Queue;

/// <summary>An envelope in memory, with its body where that is at hand.</summary>
/// <param name="Body">Null: to be read from the spool.</param>
/// <param name="InStore">It also waits in the store, so memory may forget it.</param>
public sealed record QueueItem(Envelope Envelope, ReadOnlyMemory<byte>? Body, bool InStore)
{
    /// <summary>When it last took its place in memory (ticks of the clock).</summary>
    internal long PlacedAt { get; set; }
}
