using Grid.Contracts.Admission;
using Grid.Contracts.Counters;
using Grid.Contracts.Enforcement;
using Grid.Core.Admission;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>A sending IP: pool, greeting, rate and warm-up, and what all accounts have. Suspended means rested: its pool's others carry on.</summary>
[GrainType("ip")]
public sealed partial class SendingIpGrain(
    [PersistentState("account", "grid")] IPersistentState<AccountState> saved, [PersistentState("warmup", "grid")] IPersistentState<WarmupDocument> warmup, AccountServices services)
    : AccountGrain(SubjectKind.Ip, saved, services), ISendingIpGrain
{
    private static readonly WarmupGrant NoPlan = new(0, TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.Zero);

    private IpSpec? _spec;
    private IpRest? _rest;
    private WarmupPlan? _plan;
    private IpWarmup? _warmup;

    protected override string PolicyName => _spec?.Policy ?? PolicyBook.Default;

    public override ValueTask<PermitGrant> Acquire(IPermitHolder holder, PermitKind kind, int wanted, int unused)
    {
        if (_rest is { } rest && rest.Until > Now)
        {
            return new(Refuse(holder, "rest", $"rests until {rest.Until:u}: {rest.Words}", rest.Until - Now));
        }

        return _warmup?.PauseLeft(Now) is { } left && left > TimeSpan.Zero
            ? new(Refuse(holder, "warm-up", "its warm-up is paused until the next day, as receivers refused for its reputation", left))
            : GrantAsync(holder, kind, wanted, unused, _spec?.Pool ?? "");
    }

    public async ValueTask Rest(DateTimeOffset until, string words)
    {
        if (_rest?.Until >= until)
        {
            return;
        }

        _rest = new(until, words);
        await Permits.RevokeAsync(Subject, ended: false);
        await Services.Registry.PutAsync(Registered.IpRest, this.GetPrimaryKeyString(), _rest);
    }

    public ValueTask<IpSpec?> Find() => new(_spec);

    public async ValueTask<WarmupGrant> Warm(string site, int wanted, int unused)
    {
        if (_spec?.Warmup is null)
        {
            return new(wanted, TimeSpan.MaxValue, TimeSpan.Zero, TimeSpan.MaxValue);
        }

        if (_warmup is not { } plan)
        {
            return NoPlan;
        }

        plan.Return(site, unused, Now);
        var grant = plan.Take(site, wanted, Now);
        if (grant.Count > 0 && (grant.UseWithin != TimeSpan.MaxValue || plan.Snapshot().Day != warmup.State.State?.Day))
        {
            await SaveWarmupAsync();
        }

        return grant;
    }

    public ValueTask<WarmupView?> Warmup() => ValueTask.FromResult(_spec?.Warmup is { } spec ? new WarmupView(spec, _plan?.Days.Count ?? 0, _warmup?.Today(Now)) : null);

    public async ValueTask<bool> Put(IpSpec spec)
    {
        var added = _spec is null;
        await Services.Registry.PutAsync(Registered.Ip, this.GetPrimaryKeyString(), spec);
        _spec = spec;
        Limit();
        await BeginWarmupAsync(CancellationToken.None);
        await MoveAsync(added);
        await Permits.RevokeAsync(Subject, ended: false);
        return added;
    }

    protected override async ValueTask ConfigureAsync(CancellationToken cancellationToken)
    {
        _rest = await Services.Registry.FindAsync<IpRest>(Registered.IpRest, this.GetPrimaryKeyString(), cancellationToken);
        _spec = await Services.Registry.FindAsync<IpSpec>(Registered.Ip, this.GetPrimaryKeyString(), cancellationToken);
        Limit();
        await BeginWarmupAsync(cancellationToken);
    }

    protected override async ValueTask CountedAsync(CounterEntry entry)
    {
        foreach (var harm in entry.Harm ?? [])
        {
            HarmDone.Add(entry.At, harm);
        }

        if (entry.Totals.Blocks <= 0 || _warmup is not { } plan || DateOnly.FromDateTime(entry.At.UtcDateTime) != DateOnly.FromDateTime(Now.UtcDateTime))
        {
            return;
        }

        var paused = plan.Block((int)Math.Min(entry.Totals.Blocks, int.MaxValue), Now);
        await SaveWarmupAsync();
        if (paused)
        {
            await Permits.RevokeAsync(Subject, ended: false);
        }
    }

    private PermitGrant Refuse(IPermitHolder holder, string clause, string words, TimeSpan wait) =>
        Permits.Refuse(holder, new("suspended", "", 0, clause, words, []), _spec?.Pool ?? "") with { RetryAfter = wait };

    /// <summary>Takes up the plan where it was left; one that is named anew, or begins on another day, begins.</summary>
    private async ValueTask BeginWarmupAsync(CancellationToken cancellationToken)
    {
        (_plan, _warmup) = (null, null);
        if (_spec?.Warmup is not { } spec || await WarmupShelf.FindAsync(Services.Registry, spec.Plan, cancellationToken) is not { } plan)
        {
            return;
        }

        var goesOn = warmup.State.Spec == spec && warmup.State.State is not null;
        _plan = plan;
        _warmup = new(plan, goesOn ? warmup.State.State! : IpWarmup.Begin(spec.StartedOn, DateOnly.FromDateTime(Now.UtcDateTime)));
        if (!goesOn)
        {
            await SaveWarmupAsync();
        }
    }

    private async ValueTask SaveWarmupAsync()
    {
        warmup.State = new() { Spec = _spec?.Warmup, State = _warmup?.Snapshot() };
        await warmup.WriteStateAsync();
    }

    private void Limit() => Permits.Limit(Rate.TryParse(_spec?.MaxRate, out var rate, out _) ? rate : null, Saved.PermitsFrom);
}
