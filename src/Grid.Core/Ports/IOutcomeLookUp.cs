using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>Looking back into this owner's outcome log.</summary>
public interface IOutcomeLookUp
{
    /// <summary>A position after which every record stands that happened at <paramref name="at"/> or later, and few that happened earlier;
    /// the records between may be up to an hour older, as what happened is logged when it is known.</summary>
    ValueTask<long> PositionBeforeAsync(DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>What tenants said of these messages; messages that are forgotten are left out.</summary>
    ValueTask<IReadOnlyDictionary<MessageId, MessageLabels>> LabelsAsync(IReadOnlyCollection<MessageId> messages, CancellationToken cancellationToken = default);
}
