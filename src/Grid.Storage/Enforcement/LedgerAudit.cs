using Grid.Core.Vocabulary;

namespace Grid.Storage.Enforcement;

/// <summary>
/// What: walks the chain and names every entry that is not as it was written. In: rows in the order of their number, then the head.
/// Out: <see cref="LedgerVerification"/>. Guarantees that a single altered, removed, swapped or inserted entry is named, also where its own
/// hash was made anew; only who rewrites every later entry and the head goes unnoticed, unless the head was noted elsewhere.
/// Holds at most <see cref="MaxFaults"/> faults; the rest is counted by nobody.
/// </summary>
internal sealed class LedgerAudit
{
    public const int MaxFaults = 100;

    private readonly List<LedgerFault> _faults = [];
    private readonly List<LedgerRow> _broken = [];
    private LedgerRow? _last;
    private long _entries;
    private bool _lastWasBroken;

    /// <summary>Nothing more can be learnt.</summary>
    public bool IsFull => _faults.Count + _broken.Count >= MaxFaults;

    public void Next(LedgerRow row)
    {
        _entries++;
        var expected = (_last?.Link ?? 0) + 1;
        var follows = row.Previous.AsSpan().SequenceEqual(_last?.Hash ?? new byte[LedgerChain.HashBytes]);
        if (row.Link != expected)
        {
            _faults.Add(new(LedgerFaultKind.Removed, expected, null, $"{Range(expected, row.Link - 1)} missing before {Name(row)}"));
        }
        else if (!row.IsIntact)
        {
            _broken.Add(row);
        }
        else if (!follows && !_lastWasBroken)
        {
            // This one is as it was written, so the one before it isn't, although its own hash fits.
            _faults.Add(new(LedgerFaultKind.Altered, row.Link - 1, _last?.Content.Id, $"{Name(_last)} was altered and hashed anew: {Name(row)} was chained to another hash"));
        }

        (_last, _lastWasBroken) = (row, row.Link == expected && !row.IsIntact);
    }

    /// <summary>An entry without a place in the chain.</summary>
    public void Unchained(string id) => _faults.Add(new(LedgerFaultKind.Inserted, 0, id, $"entry {id} is not in the chain"));

    public LedgerVerification Conclude(long headLink, byte[] headHash)
    {
        Sort();
        var last = _last?.Link ?? 0;
        if (!IsFull && last < headLink)
        {
            _faults.Add(new(LedgerFaultKind.Removed, last + 1, null, $"{Range(last + 1, headLink)} missing at the end"));
        }
        else if (!IsFull && last > headLink)
        {
            _faults.Add(new(LedgerFaultKind.Inserted, headLink + 1, null, $"{Range(headLink + 1, last)} not known to the head of the chain"));
        }
        else if (!IsFull && _last is { } row && !_lastWasBroken && !row.Hash.AsSpan().SequenceEqual(headHash))
        {
            _faults.Add(new(LedgerFaultKind.Altered, last, row.Content.Id, $"{Name(row)} was altered and hashed anew: the head of the chain has another hash"));
        }

        return new(_entries, Convert.ToHexStringLower(headHash), [.. _faults.OrderBy(f => f.Link)]);
    }

    // Of entries that don't fit, those are swapped that fit in each other's place; the others were altered where they stand.
    private void Sort()
    {
        foreach (var row in _broken)
        {
            var belongs = _broken.Find(other => other != row && other.BelongsAt(row));
            _faults.Add(belongs is null
                ? new(LedgerFaultKind.Altered, row.Link, row.Content.Id, $"{Name(row)} was altered")
                : new(LedgerFaultKind.Swapped, row.Link, row.Content.Id, $"{Name(row)} stands where entry {belongs.Content.Id} belongs"));
        }
    }

    private static string Name(LedgerRow? row) => row is null ? "the beginning" : $"entry {row.Content.Id} (number {row.Link})";

    private static string Range(long from, long to) => from >= to ? $"number {from} is" : $"numbers {from} to {to} are";
}
