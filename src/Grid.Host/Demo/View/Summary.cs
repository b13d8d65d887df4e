using System.Globalization;

namespace Grid.Host.Demo.View;

/// <summary>The end of a demo as plain text: how tenants and sending IPs stand, and what was promised and seen.</summary>
internal static class Summary
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static IEnumerable<string> Lines(DemoStage stage)
    {
        yield return "";
        if (stage.Latest is { } now)
        {
            yield return string.Create(Invariant, $"{"",-24}{"state",-11}{"delivered",10}{"hard bounces",14}{"complaints",12}{"rate",10}{"waiting",9}");
            foreach (var tenant in now.Tenants)
            {
                yield return Row($"tenant/{tenant.Id}", tenant.State.ToString(), tenant.Counters, tenant.Rates, now.Waiting(tenant.Id));
            }

            foreach (var ip in now.Ips)
            {
                yield return Row($"ip/{ip.Ip}", ip.State.ToString(), ip.Counters, ip.Rates, null);
            }

            yield return "";
        }

        foreach (var (words, evidence) in stage.Promises.List)
        {
            yield return evidence is null ? $"NOT SEEN  {words}" : $"seen      {words}: {evidence}";
        }
    }

    private static string Row(string subject, string state, Api.Model.CountersBody counters, Api.Model.RatesBody rates, long? waiting) => string.Create(
        Invariant,
        $"{subject,-24}{state.ToLowerInvariant(),-11}{counters.Delivered,10:N0}{counters.HardBounces,14:N0}{counters.Complaints,12:N0}{100 * rates.Complaint,8:0.000} %{waiting,9:N0}");
}
