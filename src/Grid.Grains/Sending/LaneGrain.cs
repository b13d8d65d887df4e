using Grid.Contracts.Admission;
using Grid.Contracts.Enforcement;
using Grid.Contracts.Sending;
using Grid.Core.Admission;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Admission;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Sending;

/// <summary>
/// The way from one sending IP to one site. In: requests for permits, refusals that rules count. Out: permits within the site's profile
/// and the measures in force, within the pace that was learnt, and within the IP's warm-up. Guarantees that when Heed completes with a measure, no permit given before is used any more; that a measure
/// holds over restarts. A measure that the store can't take holds all the same, as long as this activation lives.
/// </summary>
[GrainType("lane")]
public sealed partial class LaneGrain(
    [PersistentState("lane", "grid")] IPersistentState<LaneDocument> saved, IShapingSource shaping, SendingOptions options, IGrainFactory grains, TimeProvider clock, ILogger<LaneGrain> log)
    : Grain, ILaneGrain
{
    private static readonly TimeSpan RoomAgain = TimeSpan.FromSeconds(30);

    private readonly PermitDesk _permits = new(clock);
    private readonly MinuteCounts _sent = new();
    private LaneState _state = new();
    private Rate? _rate;
    private int _kept;
    private bool _dirty;
    private bool _hasTripped; // and nothing was granted since: what comes back was granted before

    private string Ip => this.GetPrimaryKeyString().Split('|')[0];

    private string Site => this.GetPrimaryKeyString().Split('|')[1];

    private ShapingProfile Profile => shaping.Current.ForSite(Site);

    private LaneLimits Limits => LaneShaping.At(Profile, _state, options.ConnectionsPerSender, clock.GetUtcNow());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state = saved.State.State;
        _sent.Restore(_state.Sent, clock.GetUtcNow());
        Limit(Limits);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _dirty ? SaveAsync().AsTask() : Task.CompletedTask;

    public async ValueTask<PermitGrant> Acquire(IPermitHolder holder, PermitKind kind, int wanted, int unused)
    {
        var now = clock.GetUtcNow();
        _sent.TakeBack(unused, now);
        _state = _state with { Pace = LanePace.Go(_state.Pace, _sent, _hasTripped ? unused : 0, now) };
        var limits = Limits;
        if (limits.SuspendedBy is { } measure)
        {
            var refusal = new PermitRefusal("suspended", Profile.Name, 0, measure.Rule, $"{Ip} sends nothing to {Site} until {measure.Until:u}", []);
            return _permits.Refuse(holder, refusal, "") with { RetryAfter = measure.Until - now };
        }

        Limit(limits);
        var room = _state.Pace?.Room(_sent, now) ?? wanted;
        var grant = _permits.Grant(holder, kind, Math.Min(wanted, room), unused + _kept, "", limits.Connections, limits.MessagesPerConnection);
        grant = room == 0 && grant.RetryAfter < RoomAgain ? grant with { RetryAfter = RoomAgain } : grant;
        _kept = 0;
        var warm = await grains.GetGrain<ISendingIpGrain>(Ip).Warm(Site, grant.Count, unused);
        if (warm.Count < grant.Count)
        {
            _kept = grant.Count - warm.Count;
            grant = grant with { Count = warm.Count, RetryAfter = warm.RetryAfter };
        }

        _sent.Add(grant.Count, now);
        _dirty |= _state.Pace is not null; // what was sent counts against the pace in the next activation too
        _hasTripped &= grant.Count == 0;
        if (grant.Count > 0 && _permits.MustSave(kind))
        {
            await SaveAsync();
        }

        return warm.ReturnWithin == TimeSpan.MaxValue ? grant : grant with { UseWithin = warm.UseWithin < grant.UseWithin ? warm.UseWithin : grant.UseWithin, ReturnWithin = warm.ReturnWithin };
    }

    public async ValueTask Heed(string rule, int replies, SmtpReply last)
    {
        if (Profile.Rules.FirstOrDefault(r => r.Id == rule) is not { } known)
        {
            return;
        }

        (_state, var begun) = LaneShaping.Observe(_state, known, replies, last, clock.GetUtcNow());
        _dirty = true;
        if (begun is null)
        {
            return;
        }

        _hasTripped |= known.Learn;
        _state = known.Learn ? _state with { Pace = LanePace.Trip(_state.Pace, _sent, begun.Words, clock.GetUtcNow()) } : _state;

        LogMeasure(Ip, Site, begun.Rule, begun.Action, begun.Until, begun.Words);
        await _permits.RevokeAsync(Subject.Lane(Ip, Site), ended: false);
        await SaveAsync();
        if (begun.Action == ShapingAction.RestIp)
        {
            await grains.GetGrain<ISendingIpGrain>(Ip).Rest(begun.Until, $"{Site}: {begun.Words}");
        }
    }

    public ValueTask<LaneView> View()
    {
        var (limits, now) = (Limits, clock.GetUtcNow());
        return new(new LaneView(
            Ip, Site, Profile.Name, limits.SuspendedBy?.Until, limits.Connections, limits.MessagesPerConnection, limits.Rate, [.. _state.Measures.Where(m => m.Until > now).Concat(LanePace.Shown(_state.Pace)).OrderBy(m => m.Until)]));
    }

    public async ValueTask<LaneView> Resume()
    {
        _state = LaneShaping.Resume(_state, clock.GetUtcNow());
        await SaveAsync();
        await _permits.RevokeAsync(Subject.Lane(Ip, Site), ended: false);
        return await View();
    }

    private void Limit(LaneLimits limits)
    {
        if (limits.Rate != _rate)
        {
            _rate = limits.Rate;
            _permits.Limit(_rate, saved.State.PermitsFrom);
        }
    }

    private async ValueTask SaveAsync()
    {
        _state = _state with { Sent = _sent.Snapshot() };
        saved.State = new() { State = _state, PermitsFrom = _permits.PermitsFrom };
        await saved.WriteStateAsync();
        _dirty = false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Ip} to {Site}: {Rule} ({Action}) until {Until}: {Words}")]
    private partial void LogMeasure(string ip, string site, string rule, ShapingAction action, DateTimeOffset until, string words);
}
