using Grid.Contracts.Enforcement;
using Grid.Core.Ingress;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>Counters of tenants, sending IPs and recipient domains over time, for charts.</summary>
public static class SeriesApi
{
    public static void MapSeries(this IEndpointRouteBuilder routes)
    {
        var series = routes.MapGroup("/v1").RequireKey(CallerRole.Operator).WithTags("Series");
        series.MapGet("/tenants/{tenant}/series", async (string tenant, string? window, IGrainFactory grains, TimeProvider clock) =>
            SubjectNames.IsTenant(tenant) && await grains.GetGrain<ITenantGrain>(tenant).Find() is not null
                ? await ShowAsync(Subject.Tenant(tenant), grains.GetGrain<ITenantGrain>(tenant), window, clock)
                : Problem.NotFound($"There is no tenant '{tenant}'.")).Produces<SeriesBody>();
        series.MapGet("/ips/{ip}/series", async (string ip, string? window, IGrainFactory grains, TimeProvider clock) =>
            SubjectKeys.TryIp(ip, out var address) && await grains.GetGrain<ISendingIpGrain>(address).Find() is not null
                ? await ShowAsync(Subject.Ip(address), grains.GetGrain<ISendingIpGrain>(address), window, clock)
                : Problem.NotFound($"'{ip}' is none of the sending IPs.")).Produces<SeriesBody>();
        series.MapGet("/domains/{domain}/series", async (string domain, string? window, IGrainFactory grains, TimeProvider clock) =>
            SubjectKeys.TryDomain(domain, out var name)
                ? await ShowAsync(Subject.Domain(name), grains.GetGrain<IRecipientDomainGrain>(name), window, clock)
                : Problem.NotFound($"'{domain}' is no domain name.")).Produces<SeriesBody>();
    }

    /// <summary>The window that was asked for, else the main one.</summary>
    private static async Task<IResult> ShowAsync(Subject subject, IAccountGrain account, string? window, TimeProvider clock)
    {
        var view = await account.View();
        var counted = await account.Counted();
        var wanted = window ?? view.Window;
        if (counted.Windows.FirstOrDefault(w => w.Name == wanted) is not { } found)
        {
            return Problem.Malformed(new("window", "must be one of " + string.Join(", ", counted.Windows.Select(w => w.Name))));
        }

        var now = clock.GetUtcNow();
        var from = wanted == view.Window ? view.WindowFrom : found.Slots.Count > 0 ? found.Slots[0].At : now;
        return Answer.Json(
            new SeriesBody(subject.ToString(), wanted, from, now, found.Slot.TotalSeconds, [.. found.Slots.Select(slot => new SeriesSlotBody(slot.At, CountersBody.Of(slot.Totals)))]),
            ApiJson.Default.SeriesBody);
    }
}
