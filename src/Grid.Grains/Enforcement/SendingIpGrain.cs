using Grid.Contracts.Admission;
using Grid.Contracts.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>A sending IP: pool, greeting and rate, and what all accounts have. Suspended means rested: its pool's others carry on.</summary>
[GrainType("ip")]
public sealed class SendingIpGrain([PersistentState("account", "grid")] IPersistentState<AccountState> saved, AccountServices services)
    : AccountGrain(SubjectKind.Ip, saved, services), ISendingIpGrain
{
    private IpSpec? _spec;
    private IpRest? _rest;

    public override ValueTask<PermitGrant> Acquire(IPermitHolder holder, PermitKind kind, int wanted, int unused) => _rest is { } rest && rest.Until > Now
        ? new(Permits.Refuse(holder, new("suspended", "", 0, "rest", $"rests until {rest.Until:u}: {rest.Words}", []), _spec?.Pool ?? "") with { RetryAfter = rest.Until - Now })
        : GrantAsync(holder, kind, wanted, unused, _spec?.Pool ?? "");

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

    public async ValueTask<bool> Put(IpSpec spec)
    {
        var added = _spec is null;
        await Services.Registry.PutAsync(Registered.Ip, this.GetPrimaryKeyString(), spec);
        _spec = spec;
        Limit();
        await Permits.RevokeAsync(Subject, ended: false);
        return added;
    }

    protected override async ValueTask ConfigureAsync(CancellationToken cancellationToken)
    {
        _rest = await Services.Registry.FindAsync<IpRest>(Registered.IpRest, this.GetPrimaryKeyString(), cancellationToken);
        _spec = await Services.Registry.FindAsync<IpSpec>(Registered.Ip, this.GetPrimaryKeyString(), cancellationToken);
        Limit();
    }

    private void Limit() => Permits.Limit(Rate.TryParse(_spec?.MaxRate, out var rate, out _) ? rate : null, Saved.PermitsFrom);
}
