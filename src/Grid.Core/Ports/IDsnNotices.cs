using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>What senders are to be told, and what became of it. Most of it is written with the outcome that it tells (<see cref="Settlement.Tell"/>),
/// and marked as sent with the report that tells it (<see cref="AcceptRequest.Tells"/>), each in one transaction.</summary>
public interface IDsnNotices
{
    /// <summary>Up to <paramref name="limit"/> that are due, the oldest first, after one (null: from the first).</summary>
    ValueTask<IReadOnlyList<DsnNotice>> DueAsync(DateTimeOffset now, DsnNotice? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>All of a message, in the order of recipients.</summary>
    ValueTask<IReadOnlyList<DsnNotice>> OfAsync(MessageId message, CancellationToken cancellationToken = default);

    /// <summary>Adds what a later host reports. What is there already stays, but that a delay reported now comes before one of ours that is still to come.</summary>
    ValueTask AddAsync(IReadOnlyList<DsnNotice> notices, CancellationToken cancellationToken = default);

    /// <summary>Ends due ones of one message without a report.</summary>
    ValueTask EndAsync(IReadOnlyList<DsnNotice> notices, DsnState state, CancellationToken cancellationToken = default);
}
