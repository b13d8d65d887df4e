using Grid.Core.Outcomes;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Tests.Beds;

namespace Grid.Grains.Tests.Outcomes;

public sealed class SimulatedMailTests
{
    [Theory]
    [InlineData("delivered", OutcomeKind.Delivered)]
    [InlineData("bounce", OutcomeKind.Bounced)]
    [InlineData("deferred", OutcomeKind.Deferred)]
    [InlineData("complaint", OutcomeKind.Delivered, OutcomeKind.Complained)]
    [InlineData("unsubscribe", OutcomeKind.Delivered, OutcomeKind.Unsubscribed)]
    public async Task Simulated_mail_ends_as_its_mailbox_says_and_opens_no_connection(string mailbox, params OutcomeKind[] kinds)
    {
        await using var bed = await StartAsync();
        var id = await bed.SubmitAsync($"{mailbox}@{MailboxSimulator.Domain}");

        await bed.EndsAsync(id, kinds[^1]);

        Assert.Equal(kinds, await bed.HistoryAsync(id));
        Assert.Equal(0, bed.Transport.Openings);
        Assert.True((await bed.TenantGrain().Find())!.Account.Counters.IsZero);
    }

    [Fact]
    public async Task Simulated_bounce_and_complaint_suppress_nobody_so_that_they_can_be_tried_again()
    {
        await using var bed = await StartAsync();
        for (var i = 0; i < 2; i++)
        {
            await bed.EndsAsync(await bed.SubmitAsync($"bounce@{MailboxSimulator.Domain}"), OutcomeKind.Bounced);
            await bed.EndsAsync(await bed.SubmitAsync($"complaint@{MailboxSimulator.Domain}"), OutcomeKind.Complained);
        }

        Assert.Empty(await bed.Get<ISuppressions>().ListAsync(GridBed.Tenant, "", 10));
    }

    [Fact]
    public async Task Sandboxed_mail_stays_unsent_when_the_tenant_leaves_the_sandbox_before_it_was_due()
    {
        await using var bed = await StartAsync(sandbox: true);
        var id = await bed.SubmitAsync(GridBed.Tenant, bed.Message(["a@example.com"], sendAt: bed.Now.AddHours(1)));
        await PutAsync(bed, sandbox: false);
        var real = await bed.SubmitAsync("b@example.com");
        await bed.EndsAsync(real, OutcomeKind.Delivered);

        await bed.PassAsync(TimeSpan.FromMinutes(5), () => bed.Spool.FindAsync(id).AsTask().GetAwaiter().GetResult()!.History.Count > 0, "the mail was due");

        Assert.Equal(MailboxSimulator.Domain, (await bed.Spool.FindAsync(id))!.History[0].Site);
        Assert.Equal(["b@example.com"], bed.Transport.Accepted);
    }

    private static async Task<GridBed> StartAsync(bool sandbox = false)
    {
        var bed = await GridBed.StartAsync(new() { Run = true, Ips = [GridBed.Ip] });
        await PutAsync(bed, sandbox);
        return bed;
    }

    private static ValueTask<bool> PutAsync(GridBed bed, bool sandbox) =>
        bed.TenantGrain().Put(new(GridBed.Tenant, "default", "default", null, new(), ["example.net"]) { Sandbox = sandbox });
}
