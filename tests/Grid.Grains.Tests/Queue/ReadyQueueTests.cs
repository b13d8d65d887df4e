using Grid.Contracts.Admission;
using Grid.Core.Vocabulary;
using Grid.Grains.Admission;
using Grid.Grains.Queue;
using Grid.Grains.Tests.Beds;
using Grid.Testing;

namespace Grid.Grains.Tests.Queue;

/// <summary>Order and wake-ups of one ready queue; its permits come from real grains.</summary>
public sealed class ReadyQueueTests
{
    private const string Site = "mx.example";
    private int _number;

    [Fact]
    public async Task TryTake_turns_go_round_tenants_and_then_round_the_domains_of_each()
    {
        await using var bed = await StartAsync(["a", "b"], ["one.example", "two.example"]);
        var (queue, sender, ip) = Open(bed);
        queue.Add([Item("a", "one.example"), Item("a", "one.example"), Item("a", "two.example"), Item("a", "one.example")]);
        queue.Add([Item("b", "two.example"), Item("b", "two.example")]);
        Assert.Equal(
            ["a1@one.example", "b5@two.example", "a3@two.example", "b6@two.example", "a2@one.example", "a4@one.example"],
            Drain(queue, sender, ip));
    }

    [Fact]
    public async Task TryTake_transactional_mail_goes_before_bulk_and_returned_mail_before_both()
    {
        await using var bed = await StartAsync(["a"], ["one.example"]);
        var (queue, sender, ip) = Open(bed);
        queue.Add([Item("a", "one.example"), Item("a", "one.example", MailStream.Transactional), Item("a", "one.example")]);
        queue.Add([Item("a", "one.example")], returned: true);
        Assert.Equal(["a4@one.example", "a2@one.example", "a1@one.example", "a3@one.example"], Drain(queue, sender, ip));
    }

    [Fact]
    public async Task TryTake_recipients_of_one_message_share_a_transaction_up_to_the_most()
    {
        await using var bed = await StartAsync(["a"], ["one.example"]);
        var (queue, sender, ip) = Open(bed);
        var id = new MessageId(77);
        queue.Add([.. Enumerable.Range(0, 5).Select(i => Item("a", "one.example", message: id))]);
        queue.Add([Item("a", "one.example")]);
        Assert.Equal([3, 2, 1], Enumerable.Range(0, 3).Select(_ => queue.TryTake(sender, ip, 3)!.Value.Items.Count));
        Assert.Null(queue.TryTake(sender, ip, 3));
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public async Task TryTake_throttled_domain_stands_aside_and_returns()
    {
        await using var bed = await StartAsync(["a"], ["one.example", "two.example"]);
        await bed.DomainGrain("one.example").SetLimits(new(MaxRate: "1/s"));
        var (queue, sender, ip) = Open(bed);
        queue.Add([Item("a", "one.example"), Item("a", "two.example"), Item("a", "two.example")]);
        Assert.Equal(["a2@two.example", "a3@two.example"], Drain(queue, sender, ip));
        await bed.PassAsync(TimeSpan.FromMilliseconds(5), () => Take(queue, sender, ip) == "a1@one.example", "the throttled domain has its turn");
    }

    [Fact]
    public async Task TryTake_held_tenant_stands_aside_and_returns()
    {
        await using var bed = await StartAsync(["a", "b"], ["one.example"]);
        await bed.TenantGrain("a").SetStanding(Standing.Suspended, "a test");
        var (queue, sender, ip) = Open(bed);
        queue.Add([Item("a", "one.example"), Item("b", "one.example")]);
        Assert.Equal(["b2@one.example"], Drain(queue, sender, ip));
        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        await bed.TenantGrain("a").SetStanding(Standing.Active, "a test");
        await Until.Async(() => Take(queue, sender, ip) == "a1@one.example", "the tenant has its turn");
    }

    [Fact]
    public async Task TryTake_domain_at_its_limit_of_transactions_waits_for_one_to_end()
    {
        await using var bed = await StartAsync(["a"], ["one.example", "two.example"]);
        await bed.DomainGrain("one.example").SetLimits(new(MaxConnections: 1));
        var (queue, sender, ip) = Open(bed);
        queue.Add([Item("a", "one.example"), Item("a", "one.example"), Item("a", "two.example")]);
        (DomainTurn Turn, List<QueueItem> Items)? first = null;
        await Until.Async(() => (first ??= queue.TryTake(sender, ip, 1)) is not null, "the first is taken");
        if (first!.Value.Turn.Domain == "two.example")
        {
            first = null;
            await Until.Async(() => (first ??= queue.TryTake(sender, ip, 1)) is not null, "the first of the limited domain is taken");
        }
        else
        {
            await Until.Async(() => Take(queue, sender, ip) == "a3@two.example", "the other domain isn't held up");
        }

        Assert.Null(queue.TryTake(sender, ip, 1));
        queue.Done(first!.Value.Turn);
        Assert.Equal("a2@one.example", Take(queue, sender, ip));
    }

    [Fact]
    public async Task Withdraw_takes_what_matches_and_keeps_the_order_of_the_rest()
    {
        await using var bed = await StartAsync(["a", "b"], ["one.example"]);
        var (queue, sender, ip) = Open(bed);
        queue.Add([Item("a", "one.example"), Item("a", "one.example"), Item("a", "one.example"), Item("b", "one.example")]);
        Assert.Equal("a2@one.example", Assert.Single(queue.Withdraw((t, _) => t == "a", i => i.Envelope.Address.StartsWith("a2", StringComparison.Ordinal))).Envelope.Address);
        Assert.Equal(["a1@one.example", "b4@one.example", "a3@one.example"], Drain(queue, sender, ip));
    }

    [Fact]
    public async Task WaitAsync_mail_that_came_since_the_last_look_ends_the_wait_at_once()
    {
        await using var bed = await StartAsync(["a"], ["one.example"]);
        var (queue, sender, ip) = Open(bed);
        Assert.Null(queue.TryTake(sender, ip, 1));
        queue.Add([Item("a", "one.example")]);
        var waiting = queue.WaitAsync(sender, TimeSpan.FromSeconds(10));
        Assert.True(waiting.IsCompletedSuccessfully && await waiting);
    }

    [Fact]
    public async Task WaitAsync_without_mail_ends_with_its_patience()
    {
        await using var bed = await StartAsync(["a"], ["one.example"]);
        var (queue, sender, ip) = Open(bed);
        Assert.Null(queue.TryTake(sender, ip, 1));
        var waiting = queue.WaitAsync(sender, TimeSpan.FromSeconds(10)).AsTask();
        bed.Clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        Assert.False(waiting.IsCompleted);
        bed.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(await waiting);
    }

    [Fact]
    public async Task WaitAsync_many_senders_and_adders_lose_no_wake_up()
    {
        await using var bed = await StartAsync(["a", "b", "c"], ["one.example", "two.example"]);
        var (queue, _, ip) = Open(bed);
        const int Each = 2000;
        var left = 3 * Each;
        var done = new TaskCompletionSource();
        var senders = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            using var sender = new IdleSender(bed.Clock);
            while (!done.Task.IsCompleted)
            {
                if (queue.TryTake(sender, ip, 1) is { } taken)
                {
                    queue.Done(taken.Turn);
                    if (Interlocked.Decrement(ref left) == 0)
                    {
                        done.SetResult();
                        queue.StandAll();
                    }
                }
                else
                {
                    // Nobody moves the clock: a wake-up that is lost would leave this hanging.
                    await queue.WaitAsync(sender, TimeSpan.FromSeconds(10));
                    await Task.Yield();
                }
            }
        })).ToList();
        await Task.WhenAll("abc".Select(tenant => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                queue.Add([Item(tenant.ToString(), i % 2 == 0 ? "one.example" : "two.example")]);
            }
        })));
        await Until.Async(() => done.Task.IsCompleted, "everything is taken");
        Assert.Equal((0, 0), (left, queue.Count));
        await Until.Async(() => senders.All(s => s.IsCompleted), "the senders end", () => bed.Clock.Advance(TimeSpan.FromSeconds(10)));
    }

    private QueueItem Item(string tenant, string domain, MailStream stream = MailStream.Bulk, MessageId? message = null)
    {
        var number = Interlocked.Increment(ref _number);
        return new(
            new()
            {
                Key = new(message ?? new(1000 + number), number),
                Tenant = tenant,
                Address = $"{tenant}{number}@{domain}",
                Domain = domain,
                Stream = stream,
                Pool = "default",
                AcceptedAt = default,
                DueAt = default,
                ExpiresAt = default,
            },
            null,
            InStore: false);
    }

    private static string? Take(ReadyQueue queue, IdleSender sender, PermitBlock ip) => queue.TryTake(sender, ip, 1)?.Items[0].Envelope.Address;

    private static List<string> Drain(ReadyQueue queue, IdleSender sender, PermitBlock ip)
    {
        var taken = new List<string>();
        while (Take(queue, sender, ip) is { } address)
        {
            taken.Add(address);
        }

        return taken;
    }

    private static (ReadyQueue Queue, IdleSender Sender, PermitBlock Ip) Open(GridBed bed) =>
        (new("default", new(Site, Site, 25, TlsMode.None), bed.Get<PermitBook>(), bed.Clock, (_, _) => false), new(bed.Clock), bed.Get<PermitBook>().Enter(PermitKind.Send, Subject.Ip(GridBed.Ip)));

    /// <summary>A grid whose process already holds permits of everyone, so that an order doesn't depend on whose answer came first.</summary>
    private static async Task<GridBed> StartAsync(string[] tenants, string[] domains)
    {
        var bed = await GridBed.StartAsync();
        Subject[] subjects = [Subject.Ip(GridBed.Ip), Subject.Site(Site), .. tenants.Select(Subject.Tenant), .. domains.Select(Subject.Domain)];
        foreach (var tenant in tenants)
        {
            await bed.PutTenantAsync(tenant);
        }

        foreach (var subject in subjects)
        {
            Assert.True(await bed.Get<PermitBook>().UseAsync(bed.Get<PermitBook>().Enter(PermitKind.Send, subject), 1, default));
        }

        return bed;
    }
}
