using Grid.Core.Vocabulary;
using Grid.Storage.Outcomes;

namespace Grid.Storage.Queue;

/// <summary>
/// Works out in memory what a run of settlements does, for a store that is written in bulk.
/// In: what is live and what was logged once already, then settlements in log order. Out: which are appended, and what becomes of the envelopes.
/// Guarantees the same as settling one by one: a recipient ends once, a deferral needs a live envelope, what follows a delivery is logged once.
/// </summary>
internal sealed class SettlementFold
{
    private readonly Dictionary<EnvelopeKey, bool> _live = [];
    private readonly HashSet<(EnvelopeKey, OutcomeKind)> _followed = [];

    /// <summary>Envelopes that ended.</summary>
    public HashSet<EnvelopeKey> Ended { get; } = [];

    /// <summary>Envelopes that were put off, and to when: the last word counts.</summary>
    public Dictionary<EnvelopeKey, Settlement> Deferred { get; } = [];

    public void AddLive(EnvelopeKey key, bool mine) => _live[key] = mine;

    public void AddFollowed(EnvelopeKey key, OutcomeKind kind) => _followed.Add((key, kind));

    /// <summary>True when the record is to be appended.</summary>
    public bool Take(Settlement settlement)
    {
        var record = settlement.Record;
        if (OutcomeColumns.Ends(record))
        {
            // An end counts even where another owner has adopted the envelope: the mail is gone, and must not be sent again.
            if (!_live.Remove(record.Key))
            {
                return false;
            }

            Deferred.Remove(record.Key);
            return Ended.Add(record.Key);
        }

        if (OutcomeColumns.Follows(record))
        {
            return _followed.Add((record.Key, record.Kind));
        }

        if (!_live.TryGetValue(record.Key, out var mine) || !mine)
        {
            return false;
        }

        Deferred[record.Key] = settlement;
        return true;
    }
}
