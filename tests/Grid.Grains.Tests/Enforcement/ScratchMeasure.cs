using System.Diagnostics;
using Grid.Core.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Grains.Tests.Beds;
namespace Grid.Grains.Tests.Enforcement;
public sealed class ScratchMeasure(ITestOutputHelper output)
{
    [Fact]
    public async Task Million()
    {
        await using var bed = await GridBed.StartAsync();
        var policy = EnforcementPolicy.Default;
        var start = bed.Now.AddDays(-20);
        var random = new Random(1);
        const int N = 1_000_000;
        for (var b = 0; b < N / 5000; b++)
        {
            var envelopes = new List<Envelope>();
            var id = MessageId.Compose(start.AddSeconds(b), 1, b % 4096);
            for (var i = 0; i < 5000; i++) envelopes.Add(new() { Key = new(id, i), Tenant = "t" + random.Next(1000), Address = "a@b", Domain = "d" + random.Next(3000) + ".example", Pool = "p", AcceptedAt = start, DueAt = start.AddYears(1), ExpiresAt = start.AddYears(2) });
            await bed.Spool.AcceptAsync(new([new() { Id = id, Tenant = "t", AcceptedAt = start, Body = "x"u8.ToArray(), Envelopes = envelopes }], false));
            await bed.Spool.SettleAsync([.. envelopes.Select((e, i) => new Settlement(new() { At = start.AddSeconds(1.7 * (b * 5000 + i)), Kind = random.Next(100) < 96 ? OutcomeKind.Delivered : OutcomeKind.Bounced, Hard = true, Key = e.Key, Tenant = e.Tenant, Address = e.Address, Domain = e.Domain, Site = "mx." + e.Domain, Ip = "192.0.2." + random.Next(8) }, null))]);
        }
        var preview = new PolicyPreview(bed.Get<Grid.Storage.GridStore>().History, bed.Get<ILedger>(), bed.Get<IRegistry>(), bed.Get<PolicyBook>());
        for (var round = 0; round < 3; round++)
        {
            var watch = Stopwatch.StartNew();
            var result = await preview.RunAsync(round == 0 ? "new" : "default", round == 2 ? EnforcementPolicy.Default : policy, start, bed.Now, _ => ValueTask.CompletedTask, default);
            output.WriteLine($"MEASURED {result.Outcomes} outcomes in {watch.Elapsed.TotalSeconds:0.00} s, {result.Changes.Count} changes");
        }
        var count = Stopwatch.StartNew(); var n = 0;
        await foreach (var page in bed.Get<Grid.Storage.GridStore>().History.ReadAsync(start, bed.Now)) n += page.Count;
        output.WriteLine($"MEASURED reading {n} in {count.Elapsed.TotalSeconds:0.00} s");
    }
}
