using Grid.Core.Ports;

namespace Grid.Grains.Queue;

/// <summary>A transaction that the queue has let go: permits are taken for each of its recipients.</summary>
public sealed class Attempt : MailTransaction
{
    /// <summary>One for each recipient, in the order of <see cref="MailTransaction.Recipients"/>.</summary>
    public required IReadOnlyList<QueueItem> Items { get; init; }

    /// <summary>Delivery marks reserved, one for each recipient.</summary>
    public required int[] Marks { get; init; }

    internal DomainTurn Turn { get; init; } = null!;

    /// <summary>When it left the queue (ticks of the clock).</summary>
    public long TakenAt { get; init; }
}
