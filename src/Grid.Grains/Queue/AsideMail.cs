using Grid.Contracts.Admission;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Queue;

/// <summary>What is known of a tenant's mail that waits aside: up to where it was held against the hold that is in force. Used by the window's one loop.</summary>
internal sealed class AsideMail
{
    private MailHold? _hold;
    private bool _isJudged;
    private bool _isRead;
    private bool _isKept;

    /// <summary>Up to where it was read.</summary>
    public EnvelopeKey After { get; private set; }

    /// <summary>All of it was read, and nothing is left.</summary>
    public bool IsEmpty => _isRead && !_isKept;

    /// <summary>More is put aside, as a hold says.</summary>
    public void Put(MailHold hold)
    {
        if (!_isJudged || !ReferenceEquals(hold, _hold))
        {
            Restart(null, isJudged: false);
        }

        _isKept = true;
    }

    /// <summary>False where all of it was held against this hold already; otherwise it is to be read on after <see cref="After"/>.</summary>
    public bool Begin(MailHold? hold)
    {
        if (!_isJudged || !ReferenceEquals(hold, _hold))
        {
            Restart(hold, isJudged: true);
        }

        return !_isRead;
    }

    /// <summary>A page was read, and so many of it taken back.</summary>
    public void Seen(IReadOnlyList<Envelope> page, int takenBack)
    {
        _isKept |= page.Count > takenBack;
        _isRead = page.Count == 0;
        After = _isRead ? After : page[^1].Key;
    }

    private void Restart(MailHold? hold, bool isJudged) => (_hold, _isJudged, _isRead, _isKept, After) = (hold, isJudged, false, false, default);
}
