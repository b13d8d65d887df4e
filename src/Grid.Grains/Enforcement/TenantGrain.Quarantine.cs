using Grid.Contracts.Enforcement;

namespace Grid.Grains.Enforcement;

/// <content>Sending IPs apart for who harmed a shared one most.</content>
public sealed partial class TenantGrain
{
    /// <summary>The pool whose sending IPs those have who harmed others'.</summary>
    public const string QuarantinePool = "quarantine";

    private const int Page = 500;

    public async ValueTask Quarantine(string from, string reason)
    {
        if (_spec is not { HomePool: null } spec || spec.Pool != from || from == QuarantinePool || !await HasQuarantineAsync())
        {
            return;
        }

        var moved = spec with { Pool = QuarantinePool, HomePool = from };
        await Services.Ledger.AppendAsync(DecisionDraft.Quarantine(Subject, State, Policy, from, QuarantinePool, reason, Now));
        await Services.Registry.PutAsync(Registered.Tenant, this.GetPrimaryKeyString(), moved);
        _spec = moved;
        await Permits.RevokeAsync(Subject, ended: false);
    }

    private async ValueTask<bool> HasQuarantineAsync()
    {
        for (var after = ""; ;)
        {
            var page = await Services.Registry.ListAsync(Registered.Ip, after, Page);
            if (page.Any(entry => Registered.Read<IpSpec>(entry.Value).Pool == QuarantinePool))
            {
                return true;
            }

            if (page.Count < Page)
            {
                return false;
            }

            after = page[^1].Key;
        }
    }
}
