using System.Globalization;
using Grid.Contracts.Admission;
using Grid.Contracts.Enforcement;
using Grid.Contracts.Sending;
using Grid.Core.Ingress;
using Grid.Core.Vocabulary;
using Grid.Grains;
using Grid.Grains.Queue;
using Grid.Grains.Sending;
using Grid.Host.Api;
using Grid.Host.Api.Model;
using Grid.Host.Console.Parts;

namespace Grid.Host.Console.Observed;

/// <summary>
/// Gathers what limits the way from a sending IP to a site, from those who own each limit: the sender's options, the IP, the site, the
/// domain and the tenant. In: names. Out: all limits with their setters, or what is wrong with a name.
/// </summary>
internal sealed class EffectiveLimits(IGrainFactory grains, Core.Ports.IRouter router, SendingOptions sending, NodeIdentity node, Pauses pauses, SenderWatch senders, TimeProvider clock)
{
    /// <param name="siteOrDomain">A site that mail went to, or a domain, which stands for its site.</param>
    /// <param name="shown">Shows a site, as the API does.</param>
    public async Task<(LaneLimits? Found, string? Fault)> FindAsync(string ip, string siteOrDomain, string? tenant, Func<string, Task<SiteBody?>> shown)
    {
        if (!SubjectKeys.TryIp(ip, out var address) || await grains.GetGrain<ISendingIpGrain>(address).Find() is not { } spec)
        {
            return (null, $"'{ip}' is none of the sending IPs.");
        }

        if (tenant is not null && (!SubjectNames.IsTenant(tenant) || await grains.GetGrain<ITenantGrain>(tenant).Find() is null))
        {
            return (null, $"There is no tenant '{tenant}'.");
        }

        // A domain stands for its site; what is neither a domain with a route nor a site with a sender has nothing to show.
        var domain = SubjectKeys.TryDomain(siteOrDomain, out var name) && await router.FindAsync(name) is { Route: { } route } ? (Name: name, route.Site) : default;
        var known = (await senders.ViewsAsync()).Any(view => view.Site == siteOrDomain);
        if (domain.Name is null && !known)
        {
            return (null, $"'{siteOrDomain}' is neither a site that mail went to nor a domain with a route.");
        }

        var site = known ? siteOrDomain : domain.Site;
        var all = new List<LaneLimit>
        {
            Count(LaneLimits.ConnectionsKind, sending.ConnectionsPerSender, "the sender", "one IP to one site, in this process", null),
            Count(LaneLimits.MessagesKind, sending.MessagesPerConnection, "the sender", "over one connection", null),
            Count("recipients a transaction", sending.RecipientsPerTransaction, "the sender", "RFC 5321, 4.5.3.1.8", null),
        };
        var held = new List<string>();
        await IpAsync(address, spec, all, held);
        var limits = await grains.GetGrain<ISiteGrain>(site).Limits();
        Add(all, limits, $"site {site}", "all domains of the site and all our IPs together", Links.Site(site));
        Shape(await shown(site), address, all, held);
        await SenderAsync(address, site, held);

        if (domain.Name is not null && !known)
        {
            await DomainAsync(domain.Name, all, held);
        }

        if (tenant is not null)
        {
            await TenantAsync(tenant, domain.Name ?? "", all, held);
        }

        return (new(address, site, all, held.Count == 0 ? null : string.Join(" ", held)), null);
    }

    private async Task IpAsync(string address, IpSpec spec, List<LaneLimit> all, List<string> held)
    {
        var view = await grains.GetGrain<ISendingIpGrain>(address).View();
        if (spec.MaxRate is { } rate)
        {
            all.Add(RateOf(rate, $"IP {address}", "everything that leaves over the IP", Links.Ip(address)));
        }

        Stands(view, $"IP {address}", all, held, Links.Ip(address));
    }

    private async Task DomainAsync(string domain, List<LaneLimit> all, List<string> held)
    {
        var grain = grains.GetGrain<IRecipientDomainGrain>(domain);
        Add(all, await grain.Limits(), $"domain {domain}", "mail for the domain, over all our IPs together", Links.Domain(domain));
        Stands(await grain.View(), $"domain {domain}", all, held, Links.Domain(domain));
        if (pauses.IsPaused("", domain))
        {
            held.Add($"An operator paused mail for {domain}.");
        }
    }

    private async Task TenantAsync(string tenant, string domain, List<LaneLimit> all, List<string> held)
    {
        var view = (await grains.GetGrain<ITenantGrain>(tenant).Find())!;
        var (limits, link) = (view.Spec.Limits, Links.Tenant(tenant));
        if (limits.MaxRate is { } rate)
        {
            all.Add(RateOf(rate, $"tenant {tenant}", "everything that the tenant sends", link));
        }

        if (limits.MessagesPerHour is { } hour)
        {
            all.Add(Count("accepted an hour", hour, $"tenant {tenant}", "recipients that the tenant may submit", link));
        }

        if (limits.MessagesPerDay is { } day)
        {
            all.Add(Count("accepted a day", day, $"tenant {tenant}", "recipients that the tenant may submit", link));
        }

        Stands(view.Account, $"tenant {tenant}", all, held, link);
        if (pauses.IsPaused(tenant, domain))
        {
            held.Add($"An operator paused the queue of {tenant}.");
        }
    }

    private async Task SenderAsync(string address, string site, List<string> held)
    {
        if ((await senders.ViewsAsync()).All(view => view.Ip != address || view.Site != site))
        {
            return;
        }

        var sender = await grains.GetGrain<ISenderGrain>(Dispatcher.Key(node.Name, address, site)).View();
        if (sender.BackOffUntil is { } until && until > clock.GetUtcNow())
        {
            held.Add($"The sender backs off until {Words.Instant(until)}, after {Words.Plural(sender.Failures, "failure", "failures")} in a row: {sender.LastFailure}.");
        }
    }

    private void Shape(SiteBody? site, string address, List<LaneLimit> all, List<string> held)
    {
        if (site?.Lanes.FirstOrDefault(lane => lane.Ip == address) is not { } lane)
        {
            return;
        }

        var why = lane.Measures.Count == 0 ? "the shaping profile of the site" : "the profile, and what rules have done: " + string.Join("; ", lane.Measures.Take(5).Select(measure => $"{measure.Rule} until {Words.Instant(measure.Until)} after \"{measure.Words}\""));
        Add(
            all,
            new(lane.MaxConnections == 0 ? null : lane.MaxConnections, lane.MaxMessagesPerConnection == 0 ? null : lane.MaxMessagesPerConnection, lane.MaxRate),
            $"profile {site.Profile}", why, Links.Site(site.Site));
        if (lane.SuspendedUntil is { } until && until > clock.GetUtcNow())
        {
            held.Add($"A shaping rule holds this IP back from the site until {Words.Instant(until)}.");
        }
    }

    private static void Stands(AccountView view, string source, List<LaneLimit> all, List<string> held, string link)
    {
        var words = view.LastDecision is { Reason.Length: > 0 } last ? $"clause {last.Clause}: {last.Reason}" : "nothing was decided against it";
        all.Add(new("state", Words.State(view.Standing), double.PositiveInfinity, source, words, link));
        if (view.Standing is not (Standing.Active or Standing.Warned))
        {
            held.Add($"The {source} is {Words.State(view.Standing)}.");
        }
    }

    private static void Add(List<LaneLimit> all, DomainLimits limits, string source, string why, string link)
    {
        if (limits.MaxConnections is { } connections)
        {
            all.Add(Count(LaneLimits.ConnectionsKind, connections, source, why, link));
        }

        if (limits.MaxMessagesPerConnection is { } messages)
        {
            all.Add(Count(LaneLimits.MessagesKind, messages, source, why, link));
        }

        if (limits.MaxRate is { } rate)
        {
            all.Add(RateOf(rate, source, why, link));
        }
    }

    private static LaneLimit Count(string kind, int value, string source, string why, string? link) => new(kind, value.ToString(CultureInfo.InvariantCulture), value, source, why, link);

    private static LaneLimit RateOf(string rate, string source, string why, string link) =>
        new(LaneLimits.RateKind, rate, Rate.TryParse(rate, out var read, out _) ? read.PerSecond : double.PositiveInfinity, source, why, link);
}
