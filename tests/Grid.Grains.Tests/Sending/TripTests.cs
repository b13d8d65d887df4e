using Grid.Core.Outcomes;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Outcomes;
using Grid.Grains.Queue;
using Grid.Grains.Sending;
using Grid.Grains.Tests.Beds;
using Grid.Testing;

namespace Grid.Grains.Tests.Sending;

/// <summary>What a connection does with its mail, with the whole grid running and receivers that do as told.</summary>
public sealed class TripTests
{
    private const int Places = 4096;

    [Fact]
    public async Task DeliverAsync_next_is_begun_while_the_body_is_written()
    {
        await using var bed = await StartAsync();
        await bed.Get<QueueControl>().PauseAsync(null, null, default);
        for (var i = 0; i < 20; i++)
        {
            await bed.SubmitAsync($"{i}@example.com");
        }

        await bed.Get<QueueControl>().ResumeAsync(null, null, default);
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 20, "all is delivered");
        Assert.Equal(20, bed.Transport.Accepted.Distinct().Count());
        await AllMarksAreFreeAsync(bed);
    }

    [Fact]
    public async Task DeliverAsync_connection_is_lost_with_the_next_begun_defers_one_and_puts_the_other_back_uncounted()
    {
        await using var bed = await StartAsync();
        bed.Transport.Delivering = (_, _) => new(bed.Transport.Begun.Count == 1 ? ScriptedAnswer.Lost : ScriptedAnswer.Accepts);
        await bed.Get<QueueControl>().PauseAsync(null, null, default);
        MessageId[] ids = [await bed.SubmitAsync("a@example.com"), await bed.SubmitAsync("b@example.com")];
        await bed.Get<QueueControl>().ResumeAsync(null, null, default);
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 1, "one is delivered");
        await bed.EndsAsync(ids[0], OutcomeKind.Deferred);
        await bed.EndsAsync(ids[1], OutcomeKind.Delivered);
        var delivered = (await bed.Spool.FindAsync(ids[1]))!.History;
        Assert.Equal(1, Assert.Single(delivered).Attempt);
        var deferred = Assert.Single((await bed.Spool.FindAsync(ids[0]))!.History);
        Assert.Equal((0, "4.4.2", GridBed.Ip, "mx.example.com"), (deferred.Reply!.Code, deferred.Reply.Enhanced, deferred.Ip, deferred.Site));
        await AllMarksAreFreeAsync(bed);
    }

    [Theory]
    [InlineData(AnsweredCommand.Rcpt, true)]
    [InlineData(AnsweredCommand.Data, false)]
    public async Task DeliverAsync_a_refusal_is_understood_by_the_command_that_it_answers(AnsweredCommand command, bool isHard)
    {
        await using var bed = await StartAsync();
        bed.Transport.Delivering = (_, _) => new(ScriptedAnswer.Says(new SmtpReply(550, "5.2.1", "User unknown")) with { Answered = [command] });
        var id = await bed.SubmitAsync("a@example.com");
        await bed.EndsAsync(id, OutcomeKind.Bounced);
        var bounced = Assert.Single((await bed.Spool.FindAsync(id))!.History);
        Assert.Equal((ReplyReason.UnknownUser, isHard), (bounced.Reason, bounced.Hard));
    }

    [Fact]
    public async Task DeliverAsync_receiver_closes_before_it_answers_goes_again_uncounted()
    {
        await using var bed = await StartAsync();
        bed.Transport.Delivering = (_, _) => new(bed.Transport.Begun.Count == 1 ? ScriptedAnswer.ClosesBefore : ScriptedAnswer.Accepts);
        var id = await bed.SubmitAsync("a@example.com");
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 1, "it is delivered");
        await bed.EndsAsync(id, OutcomeKind.Delivered);
        Assert.Equal(1, Assert.Single((await bed.Spool.FindAsync(id))!.History).Attempt);
        await AllMarksAreFreeAsync(bed);
    }

    [Fact]
    public async Task DeliverAsync_connection_throws_defers()
    {
        await using var bed = await StartAsync();
        bed.Transport.Delivering = (_, _) => throw new IOException("the line is dead");
        var id = await bed.SubmitAsync("a@example.com");
        await bed.EndsAsync(id, OutcomeKind.Deferred);
        Assert.Contains("the line is dead", (await bed.Spool.FindAsync(id))!.History[0].Reply!.Text, StringComparison.Ordinal);
        bed.Transport.Delivering = (_, _) => new(ScriptedAnswer.Accepts);
        await AllMarksAreFreeAsync(bed);
    }

    [Fact]
    public async Task DeliverAsync_recipients_refused_end_each_as_they_were_told()
    {
        await using var bed = await StartAsync();
        bed.Transport.Delivering = (_, t) => new(ScriptedAnswer.Says([.. t.Recipients.Select(r => r[0] switch
        {
            'a' => new SmtpReply(250, "2.0.0", "ok"),
            'b' => new SmtpReply(550, "5.1.1", "user unknown"),
            _ => new SmtpReply(452, "4.2.2", "mailbox full"),
        })]));
        var id = await bed.SubmitAsync("a@example.com", "b@example.com", "c@example.com");
        await Until.Async(() => bed.Spool.FindAsync(id).AsTask().GetAwaiter().GetResult()!.History.Count == 3, "all three are settled");
        var history = (await bed.Spool.FindAsync(id))!.History.ToDictionary(r => r.Address[0], r => r.Kind);
        Assert.Equal((OutcomeKind.Delivered, OutcomeKind.Bounced, OutcomeKind.Deferred), (history['a'], history['b'], history['c']));
        Assert.Single(bed.Transport.Begun);
        Assert.Equal(["a@example.com"], bed.Transport.Accepted);
        Assert.NotNull(await bed.Get<ISuppressions>().FindAsync(GridBed.Tenant, "b@example.com"));
        Assert.Null(await bed.Get<ISuppressions>().FindAsync(GridBed.Tenant, "c@example.com"));
        await AllMarksAreFreeAsync(bed);
    }

    [Fact]
    public async Task PrepareAsync_address_suppressed_since_it_was_queued_is_not_sent()
    {
        await using var bed = await StartAsync();
        await bed.Get<QueueControl>().PauseAsync(null, null, default);
        var id = await bed.SubmitAsync("a@example.com", "b@example.com");
        await bed.Get<ISuppressions>().AddAsync(new(GridBed.Tenant, "a@example.com", SuppressionReason.Unsubscribe, bed.Now, "tenant"));
        await bed.Get<QueueControl>().ResumeAsync(null, null, default);
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 1, "the other is delivered");
        await Until.Async(() => bed.Spool.FindAsync(id).AsTask().GetAwaiter().GetResult()!.History.Count == 2, "both are settled");
        var suppressed = (await bed.Spool.FindAsync(id))!.History.Single(r => r.Kind == OutcomeKind.Suppressed);
        Assert.Equal(("a@example.com", "suppressed-unsubscribe", 0), (suppressed.Address, suppressed.Clause, suppressed.Attempt));
        Assert.Equal(["b@example.com"], bed.Transport.Accepted);
    }

    [Theory]
    [InlineData(nameof(ISpool.ReadBodyAsync))]
    [InlineData(nameof(ISuppressions.FindAsync))]
    public async Task PrepareAsync_store_cannot_be_read_puts_the_mail_back(string broken)
    {
        await using var bed = await StartAsync();
        await bed.Get<QueueControl>().PauseAsync(null, null, default);
        await bed.SubmitAsync("a@example.com");
        await Until.Async(() => bed.Get<ActiveWindow>().InMemory == 0, "it waits in the store", () => bed.Clock.Advance(TimeSpan.FromMilliseconds(50)));
        var failed = 0;
        void Break(string method)
        {
            if (method == broken && Interlocked.Increment(ref failed) <= 2)
            {
                throw new StoreUnavailableException("away");
            }
        }

        if (broken == nameof(ISpool.ReadBodyAsync))
        {
            bed.SpoolControl.Before = Break;
        }
        else
        {
            bed.SuppressionsControl.Before = Break;
        }

        await bed.Get<QueueControl>().ResumeAsync(null, null, default);
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 1, "it is delivered when the store is back");
        Assert.True(failed > 2);
    }

    [Fact]
    public async Task CarryAsync_killed_after_250_and_before_the_commit_delivers_once()
    {
        await using var first = await StartAsync();
        first.SpoolControl.Before = method => { if (method == nameof(ISpool.SettleAsync)) { throw new StoreUnavailableException("away"); } };
        var id = await first.SubmitAsync("a@example.com");
        await Until.Async(() => first.Transport.Accepted.Count == 1 && first.Get<OutcomeDesk>().Waiting == 1, "it is told 250 and not settled");
        await first.KillAsync();

        await using var second = await GridBed.StartAsync(first.Options);
        await second.EndsAsync(id, OutcomeKind.Delivered);
        second.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(second.Transport.Begun);
        Assert.Equal([OutcomeKind.Delivered], await second.HistoryAsync(id));
        await AllMarksAreFreeAsync(second);
    }

    [Fact]
    public async Task SettleAsync_store_is_away_waits_and_settles_once()
    {
        await using var bed = await StartAsync();
        var refused = 0;
        bed.SpoolControl.Before = method =>
        {
            if (method == nameof(ISpool.SettleAsync) && Interlocked.Increment(ref refused) <= 3)
            {
                throw new StoreUnavailableException("away");
            }
        };
        var id = await bed.SubmitAsync("a@example.com");
        await Until.Async(() => Volatile.Read(ref refused) == 1, "the desk tries");
        Assert.Equal(1, bed.Get<OutcomeDesk>().Waiting);
        await bed.PassAsync(TimeSpan.FromMilliseconds(100), () => bed.Get<OutcomeDesk>().Waiting == 0, "it is settled");
        Assert.Equal([OutcomeKind.Delivered], await bed.HistoryAsync(id));
        Assert.Equal(4, refused);
        await AllMarksAreFreeAsync(bed);
    }

    [Fact]
    public async Task SettleAsync_hard_bounce_suppresses_only_where_it_is_about_the_recipient()
    {
        await using var bed = await StartAsync();
        var replies = new Dictionary<string, SmtpReply>
        {
            ["unknown@one.example"] = new(550, "5.1.1", "user unknown"),
            ["blocked@two.example"] = new(550, "5.7.1", "your IP is on a block list (spamhaus)"),
            ["large@three.example"] = new(552, "5.3.4", "message too big"),
        };
        bed.Transport.Delivering = (_, t) => new(ScriptedAnswer.Says(replies[t.Recipients[0]]));
        foreach (var address in replies.Keys)
        {
            await bed.EndsAsync(await bed.SubmitAsync(address), OutcomeKind.Bounced);
        }

        var suppressed = await bed.Get<ISuppressions>().ListAsync(GridBed.Tenant, "", 10);
        Assert.Equal(("unknown@one.example", SuppressionReason.HardBounce), (Assert.Single(suppressed).Address, suppressed[0].Reason));
    }

    [Fact]
    public async Task Wake_site_that_nobody_reaches_backs_off_doubling_and_defers_after_five_failures()
    {
        await using var bed = await StartAsync();
        var at = new List<DateTimeOffset>();
        bed.Transport.Opening = (_, _) =>
        {
            lock (at)
            {
                at.Add(bed.Now);
            }

            return new(0, "4.4.1", "connection refused");
        };
        var id = await bed.SubmitAsync("a@example.com");
        await bed.PassAsync(TimeSpan.FromMilliseconds(100), () => bed.Spool.FindAsync(id).AsTask().GetAwaiter().GetResult()!.History.Count == 1, "it is deferred");
        Assert.Equal([OutcomeKind.Deferred], await bed.HistoryAsync(id));

        var deferred = (await bed.Spool.FindAsync(id))!.History[0].At;

        // Failures 2, 4, 8 and 16 s apart, within the step of the clock that runs meanwhile.
        lock (at)
        {
            var gaps = at.Distinct().Zip(at.Distinct().Skip(1), (a, b) => (b - a).TotalSeconds).Where(g => g > 1).Take(4).ToList();
            Assert.Equal(4, gaps.Count);
            Assert.True(deferred - at[0] >= TimeSpan.FromSeconds(29.9));
            Assert.All(gaps.Zip([2.0, 4.0, 8.0, 16.0]), pair => Assert.True(pair.First >= pair.Second - 0.1, $"{pair.First} s instead of {pair.Second}"));
        }
    }

    [Fact]
    public async Task Wake_connections_grow_with_the_waiting_mail_up_to_the_limit()
    {
        await using var bed = await StartAsync(new() { ConnectionsPerSender = 3, StuckAfter = TimeSpan.FromDays(1) });
        var hold = new TaskCompletionSource<ScriptedAnswer>();
        bed.Transport.Delivering = (_, _) => new(hold.Task);
        for (var i = 0; i < 15; i++)
        {
            await bed.SubmitAsync($"{i}@example.com");
        }

        await bed.PassAsync(TimeSpan.FromMilliseconds(100), () => bed.Transport.Open == 1, "one connection stands");
        bed.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, bed.Transport.MostOpen);
        for (var i = 15; i < 90; i++)
        {
            await bed.SubmitAsync($"{i}@example.com");
        }

        await bed.PassAsync(TimeSpan.FromMilliseconds(100), () => bed.Transport.Open == 3, "three connections stand");
        bed.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(3, bed.Transport.MostOpen);
        hold.SetResult(ScriptedAnswer.Accepts);
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 90, "all is delivered");
    }

    [Fact]
    public async Task Wake_mail_behind_an_answer_that_does_not_come_gets_a_connection_of_its_own()
    {
        await using var bed = await StartAsync();
        var hold = new TaskCompletionSource<ScriptedAnswer>();
        bed.Transport.Delivering = (_, t) => t.Recipients[0].StartsWith("slow", StringComparison.Ordinal) ? new(hold.Task) : new(ScriptedAnswer.Accepts);
        await bed.SubmitAsync("slow@example.com");
        await bed.PassAsync(TimeSpan.FromMilliseconds(100), () => bed.Transport.Open == 1, "the first connection stands");
        await bed.SubmitAsync("a@example.com");
        await bed.PassAsync(TimeSpan.FromMilliseconds(100), () => bed.Transport.Accepted.Count == 1, "the other message is delivered");
        hold.SetResult(ScriptedAnswer.Accepts);
    }

    [Fact]
    public async Task Wake_domain_with_a_limit_of_transactions_keeps_it()
    {
        await using var bed = await StartAsync();
        await bed.DomainGrain().SetLimits(new(MaxConnections: 2));
        var (open, most) = (0, 0);
        bed.Transport.Delivering = async (_, _) =>
        {
            var now = Interlocked.Increment(ref open);
            lock (bed)
            {
                most = Math.Max(most, now);
            }

            await Task.Yield();
            Interlocked.Decrement(ref open);
            return ScriptedAnswer.Accepts;
        };
        for (var i = 0; i < 60; i++)
        {
            await bed.SubmitAsync($"{i}@example.com");
        }

        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 60, "all is delivered");
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task Wake_ip_that_rests_opens_no_connection()
    {
        await using var bed = await StartAsync();
        await bed.IpGrain().SetStanding(Standing.Suspended, "a test");
        await bed.SubmitAsync("a@example.com");
        for (var second = 0; second < 90; second++)
        {
            bed.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(0, bed.Transport.Openings);
        await bed.IpGrain().SetStanding(Standing.Active, "a test");
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 1, "it goes when the IP is back");
    }

    [Fact]
    public async Task Wake_site_with_a_limit_of_connections_keeps_it_from_the_first_on()
    {
        await using var bed = await StartAsync();
        await bed.Grains.GetGrain<Grid.Contracts.Admission.ISiteGrain>("mx.example.com").SetLimits(new(MaxConnections: 1));
        for (var i = 0; i < 30; i++)
        {
            await bed.SubmitAsync($"{i}@example.com");
        }

        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count == 30, "all is delivered");
        Assert.Equal(1, bed.Transport.MostOpen);
    }

    [Fact]
    public async Task Stop_what_is_open_ends_and_nothing_new_begins()
    {
        await using var bed = await StartAsync(new() { ConnectionsPerSender = 1 });
        var hold = new TaskCompletionSource<ScriptedAnswer>();
        bed.Transport.Pipelines = false;
        bed.Transport.Delivering = (_, _) => new(hold.Task);
        MessageId[] ids = [await bed.SubmitAsync("a@example.com"), await bed.SubmitAsync("b@example.com")];
        await Until.Async(() => bed.Transport.Begun.Count == 1, "the first is in flight");
        var transport = bed.Transport;
        bed.Get<SenderStop>().Stop();
        hold.SetResult(ScriptedAnswer.Accepts);
        await bed.StopAsync();
        Assert.Single(transport.Begun);

        await using var next = await GridBed.StartAsync(bed.Options);
        Assert.Equal([OutcomeKind.Delivered], await next.HistoryAsync(ids[0]));
        await next.PassAsync(TimeSpan.FromMilliseconds(50), () => next.Transport.Accepted.Count == 1, "the second goes from the next process");
        Assert.Equal(["b@example.com"], next.Transport.Accepted);
    }

    private static async Task<GridBed> StartAsync(SendingOptions? sending = null)
    {
        var bed = await GridBed.StartAsync(new() { Run = true, Sending = sending ?? new() });
        bed.Transport.Pipelines = true;
        await bed.PutTenantAsync();
        return bed;
    }

    /// <summary>Every place can be reserved, once nothing is under way.</summary>
    private static async Task AllMarksAreFreeAsync(GridBed bed)
    {
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Get<OutcomeDesk>().Waiting == 0 && bed.Get<ActiveWindow>().InMemory == bed.Get<ReadyQueues>().All.Sum(q => q.Count), "nothing is under way");
        var places = Enumerable.Range(0, Places).Select(_ => bed.Get<IDeliveryMarks>().Reserve()).ToList();
        Assert.Equal(Places, places.Where(p => p >= 0).Distinct().Count());
        places.ForEach(bed.Get<IDeliveryMarks>().Release);
    }
}
