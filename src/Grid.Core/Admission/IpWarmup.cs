namespace Grid.Core.Admission;

/// <summary>
/// What: a sending IP's way through its warm-up plan: so many recipients a day (UTC), over the IP and to each site.
/// In: requests for permits; permits that were not used, on their own day; refusals for reputation. Out: a <see cref="WarmupGrant"/>.
/// Guarantees: no day's permits exceed its allowance, for the IP or for any site, and none is usable on the next day; what a day leaves
/// unused is not carried over. The plan goes on by one day after a day that used half of its allowance or more; stays after any
/// other; goes back by two after a day that was paused; and is halved for each 30 days without mail. A day is paused by 5 refusals for
/// reputation if they are 1 % of its permits or more. A block of permits is a 64th of the day's, so that who takes one holds up nobody.
/// Of more than 1,000 sites on a day the further ones share one allowance.
/// Fails: never; a spent allowance is a grant of 0 until the next day. A clock that is set back counts as standing still. Not thread-safe: one owner.
/// </summary>
public sealed class IpWarmup
{
    private const int MaxSites = 1000;
    private const int BlocksOfDay = 64;
    private const int FewestBlocks = 5;
    private const double MostBlocked = 0.01;
    private const int IdleDays = 30;
    private const int MostShownSites = 100;
    private const int MostPast = 30;
    private const int MostPastSites = 10;
    private const string OtherSites = "*";
    private static readonly TimeSpan LongestUse = TimeSpan.FromSeconds(10);

    /// <summary>Before midnight no permits are given that could hardly be used in time, and after it none are taken back that may be yesterday's.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ReturnMargin = TimeSpan.FromSeconds(60);

    private readonly WarmupPlan _plan;
    private readonly Dictionary<string, int> _sites;
    private readonly List<WarmupPast> _past;
    private readonly DateOnly _startedOn;
    private int _step;
    private DateOnly _day;
    private DateOnly _activeOn;
    private int _used;
    private int _blocks;
    private bool _paused;

    /// <param name="state">As saved, or from <see cref="Begin"/>.</param>
    public IpWarmup(WarmupPlan plan, WarmupSnapshot state)
    {
        _plan = plan;
        (_startedOn, _step, _day, _activeOn, _used, _blocks, _paused) = (state.StartedOn, Math.Clamp(state.Step, 0, plan.Days.Count), state.Day, state.ActiveOn, state.Used, state.Blocks, state.Paused);
        _sites = new(state.Sites, StringComparer.Ordinal);
        _past = [.. state.Past ?? []];
    }

    /// <summary>State of an IP at the beginning of a plan; one that began in the past has had a day of it each day.</summary>
    public static WarmupSnapshot Begin(DateOnly startedOn, DateOnly today) =>
        new(startedOn, Math.Max(0, today.DayNumber - startedOn.DayNumber), today, today > startedOn ? today : startedOn, 0, new Dictionary<string, int>(), 0, false);

    private bool IsWarm => _step >= _plan.Days.Count;

    /// <summary>Takes up to <paramref name="wanted"/> permits toward a site.</summary>
    public WarmupGrant Take(string site, int wanted, DateTimeOffset now)
    {
        Roll(now);
        var left = Tomorrow(now) - now;
        if (IsWarm && _day >= _startedOn)
        {
            Use(OtherSites, wanted);
            return new(wanted, TimeSpan.MaxValue, TimeSpan.Zero, TimeSpan.MaxValue);
        }

        if (_day < _startedOn || _paused || left <= Margin)
        {
            return new(0, TimeSpan.Zero, _day < _startedOn ? Midnight(_startedOn) - now : left, TimeSpan.Zero);
        }

        var (today, key) = (_plan.Days[_step], Key(site));
        var room = Math.Min(today.PerIp - _used, today.PerSite - _sites.GetValueOrDefault(key));
        var count = Math.Min(Math.Min(room, wanted), Math.Max(1, today.PerIp / BlocksOfDay));
        if (count < 1)
        {
            return new(0, TimeSpan.Zero, left, TimeSpan.Zero);
        }

        Use(key, count);
        return new(count, left - Margin < LongestUse ? left - Margin : LongestUse, TimeSpan.Zero, left > ReturnMargin ? left - ReturnMargin : TimeSpan.Zero);
    }

    /// <summary>Gives back permits that were not used, within their <see cref="WarmupGrant.ReturnWithin"/>. In a day's first minute they may be another's, and are lost.</summary>
    public void Return(string site, int unused, DateTimeOffset now)
    {
        Roll(now);
        if (IsWarm || now - Midnight(_day) < ReturnMargin)
        {
            return;
        }

        var key = Key(site);
        var returned = Math.Min(unused, _sites.GetValueOrDefault(key));
        _sites[key] = _sites.GetValueOrDefault(key) - returned;
        _used -= returned;
    }

    /// <summary>Receivers refused for the IP's reputation. True when that pauses the day: what was granted is to be revoked.</summary>
    public bool Block(int refusals, DateTimeOffset now)
    {
        Roll(now);
        _blocks += refusals;
        if (_paused || IsWarm || _blocks < FewestBlocks || _blocks < MostBlocked * _used)
        {
            return false;
        }

        return _paused = true;
    }

    /// <summary>How long the day is still paused; zero where it isn't.</summary>
    public TimeSpan PauseLeft(DateTimeOffset now)
    {
        Roll(now);
        return _paused ? Tomorrow(now) - now : TimeSpan.Zero;
    }

    /// <summary>Where it stands.</summary>
    public WarmupToday Today(DateTimeOffset now)
    {
        Roll(now);
        var begun = _day >= _startedOn;
        return new(
            begun ? _step + 1 : 0,
            !begun ? new(0, 0) : IsWarm ? null : _plan.Days[_step],
            _used,
            [.. Most(MostShownSites).Where(site => !(IsWarm && site.Key == OtherSites))],
            _blocks,
            _paused)
        {
            Past = [.. _past],
        };
    }

    /// <summary>The state, to be saved.</summary>
    public WarmupSnapshot Snapshot() => new(_startedOn, _step, _day, _activeOn, _used, new Dictionary<string, int>(_sites), _blocks, _paused) { Past = [.. _past] };

    private void Roll(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (today <= _day)
        {
            return;
        }

        if (_day >= _startedOn && !IsWarm)
        {
            _past.Add(new(_day, _plan.Days[_step], _used, new Dictionary<string, int>(Most(MostPastSites)), _blocks, _paused));
            _past.RemoveRange(0, Math.Max(0, _past.Count - MostPast));
            _step = _paused ? Math.Max(0, _step - 2) : _used * 2L >= _plan.Days[_step].PerIp ? _step + 1 : _step;
        }

        // A day of the plan is idle only once the plan has begun.
        while (today.DayNumber - Math.Max(_activeOn.DayNumber, _startedOn.DayNumber) > IdleDays)
        {
            _step = Math.Min(_step, _plan.Days.Count) / 2;
            _activeOn = DateOnly.FromDayNumber(Math.Max(_activeOn.DayNumber, _startedOn.DayNumber) + IdleDays);
        }

        (_day, _used, _blocks, _paused) = (today, 0, 0, false);
        _sites.Clear();
    }

    private IEnumerable<KeyValuePair<string, int>> Most(int count) =>
        _sites.Where(site => site.Value > 0).OrderByDescending(site => site.Value).ThenBy(site => site.Key, StringComparer.Ordinal).Take(count);

    private void Use(string key, int count)
    {
        _sites[key] = _sites.GetValueOrDefault(key) + count;
        _used += count;
        _activeOn = _day > _activeOn && count > 0 ? _day : _activeOn;
    }

    private string Key(string site) => _sites.ContainsKey(site) || _sites.Count < MaxSites ? site : OtherSites;

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private DateTimeOffset Tomorrow(DateTimeOffset now)
    {
        var tomorrow = Midnight(_day.AddDays(1));
        return tomorrow > now ? tomorrow : now;
    }
}
