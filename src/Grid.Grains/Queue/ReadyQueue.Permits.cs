using Grid.Grains.Admission;

namespace Grid.Grains.Queue;

/// <content>Its permits: those of the IP, of the lane from there to the site, of the site, the tenant and the domain.</content>
public sealed partial class ReadyQueue
{
    /// <summary>Whether IP and site have permits at hand, so that their limits are known and a connection is of use. False: <see cref="Wanted"/> follows when that changes.</summary>
    internal bool HasPermits(PermitBlock ip, PermitBlock? lane = null)
    {
        var now = _clock.GetTimestamp();
        foreach (var block in (ReadOnlySpan<PermitBlock>)[ip, SitePermits, lane ?? ip])
        {
            if (!block.TryUse(now, 1, _signalOne))
            {
                return false;
            }

            block.Untake(now);
        }

        return true;
    }

    /// <summary>Permits that were taken for recipients that were not attempted.</summary>
    internal void GiveBack(DomainTurn turn, PermitBlock ip, int count, PermitBlock? lane = null)
    {
        var now = _clock.GetTimestamp();
        ip.GiveBack(now, count);
        lane?.GiveBack(now, count);
        SitePermits.GiveBack(now, count);
        turn.Tenant.Permits.GiveBack(now, count);
        turn.Permits.GiveBack(now, count);
    }

    private bool UseAll(DomainTurn turn, PermitBlock ip, PermitBlock? lane, long now)
    {
        PermitBlock[] needed = lane is null ? [ip, SitePermits, turn.Tenant.Permits, turn.Permits] : [ip, lane, SitePermits, turn.Tenant.Permits, turn.Permits];
        for (var i = 0; i < needed.Length; i++)
        {
            if (!needed[i].TryUse(now))
            {
                while (--i >= 0)
                {
                    needed[i].Untake(now);
                }

                return false;
            }
        }

        return true;
    }
}
