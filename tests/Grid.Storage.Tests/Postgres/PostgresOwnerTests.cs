using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Postgres;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Postgres;

public sealed class PostgresOwnerTests : StoreCompliance<PostgresBed>, IDisposable
{
    private readonly string _otherFolder = Directory.CreateTempSubdirectory("grid-store-").FullName;

    public void Dispose() => Directory.Delete(_otherFolder, recursive: true);

    [Fact]
    public async Task OpenAsync_an_owner_name_in_use_is_refused()
    {
        await OpenAsync();
        var refused = await Assert.ThrowsAsync<StoreVersionException>(() => OpenAsync(options => options.Folder = _otherFolder));
        Assert.Contains("owner name \"grid\" is in use", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenewAsync_what_a_dead_owner_left_is_adopted_after_its_lease_and_waits()
    {
        await CrashingProcess.RunAsync(Bed.Options());
        var heir = (PostgresStore)await OpenAsync(Other);
        await heir.RenewAsync(default);
        Assert.Empty(await heir.Spool.WaitingAsync());

        Clock.Advance(TimeSpan.FromSeconds(31));
        await heir.RenewAsync(default);
        Assert.Equal(3, Assert.Single(await heir.Spool.WaitingAsync()).Count);
        Assert.Equal(3, (await heir.Spool.ReadLiveAsync(null, null, default, 10)).Count);
        Assert.Equal(1, Assert.Single(await heir.Spool.SettleAsync([Mail.Settle(CrashingProcess.InMemory.Envelopes[1])])).Position);
    }

    [Fact]
    public async Task RenewAsync_more_than_a_batch_is_adopted_whole()
    {
        var first = await OpenAsync();
        await first.Spool.AcceptAsync(Mail.Accept(Mail.Message(1, recipients: PostgresOwner.AdoptionBatch)));
        await first.Spool.AcceptAsync(Mail.Accept(Mail.Message(2, recipients: PostgresOwner.AdoptionBatch + 1)));
        await first.CloseAsync();
        var heir = (PostgresStore)await OpenAsync(Other);
        var told = 0;
        heir.Spool.OnAdopted(() => told++);
        await heir.RenewAsync(default);
        Assert.Equal(0, told);

        Clock.Advance(TimeSpan.FromSeconds(31));
        await heir.RenewAsync(default);
        Assert.NotEqual(0, told);
        Assert.Equal((2 * PostgresOwner.AdoptionBatch) + 1, Assert.Single(await heir.Spool.WaitingAsync()).Count);
    }

    [Fact]
    public async Task RenewAsync_a_live_owner_keeps_its_envelopes_although_its_lease_ran_out()
    {
        var owner = await OpenAsync();
        await owner.Spool.AcceptAsync(Mail.Accept(Mail.Message(1)));
        var heir = (PostgresStore)await OpenAsync(Other);
        await heir.Writer.Add(session => session.Execute("UPDATE owner SET lease_until = 1 WHERE name = 'grid'"), default);
        await heir.RenewAsync(default);

        Assert.Empty(await heir.Spool.WaitingAsync());
        Assert.Single(await owner.Spool.ReadLiveAsync(null, null, default, 10));
    }

    [Fact]
    public async Task SettleAsync_an_adopted_envelope_ends_for_all_but_its_former_owner_cannot_put_it_off()
    {
        var former = await OpenAsync();
        var message = Mail.Message(1, recipients: 2);
        await former.Spool.AcceptAsync(Mail.Accept(message));
        var heir = (PostgresStore)await OpenAsync(Other);
        await heir.Writer.Add(session => session.Execute("UPDATE envelope SET owner = (SELECT id FROM owner WHERE name = 'other'), waiting = 1"), default);

        Assert.Empty(await former.Spool.SettleAsync([Mail.Settle(message.Envelopes[0], OutcomeKind.Deferred, Mail.Start.AddHours(1))]));
        Assert.Single(await former.Spool.SettleAsync([Mail.Settle(message.Envelopes[0])]));
        Assert.Empty(await heir.Spool.SettleAsync([Mail.Settle(message.Envelopes[0])]));
        Assert.Equal(message.Envelopes[1], Assert.Single(await heir.Spool.ReadLiveAsync(null, null, default, 10)));
    }

    [Fact]
    public async Task Outcomes_each_owner_has_positions_and_a_checkpoint_of_its_own()
    {
        var (one, two) = (await OpenAsync(), await OpenAsync(Other));
        foreach (var (store, number) in new[] { (one, 1), (two, 2) })
        {
            await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(number)));
            Assert.Equal(1, Assert.Single(await store.Spool.SettleAsync([Mail.Settle(Mail.Message(number).Envelopes[0])])).Position);
            Assert.Equal(Mail.Id(number), Assert.Single(await store.Outcomes.ReadAsync(0, 10)).Key.Message);
        }

        await one.Outcomes.WriteCheckpointAsync(1);
        Assert.Equal(0, await two.Outcomes.ReadCheckpointAsync());
    }

    [Fact]
    public async Task AcceptAsync_one_key_in_two_processes_keeps_one()
    {
        var (one, two) = (await OpenAsync(), await OpenAsync(Other));
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(n =>
            (n % 2 == 0 ? one : two).Spool.AcceptAsync(Mail.Accept(Mail.Message(n), claim: Mail.Claim("k", "a", Mail.Start))).AsTask()));
        Assert.Single(results.OfType<AcceptResult.Kept>());
        Assert.Equal(19, results.OfType<AcceptResult.Repeated>().Count());
    }

    [Fact]
    public async Task LearnAsync_an_address_suppressed_by_another_process_is_found()
    {
        var (one, two) = ((PostgresStore)await OpenAsync(), await OpenAsync(Other));
        await two.Suppressions.AddAsync(new("acme", "a@example.com", SuppressionReason.Complaint, Mail.Start, "grid"));
        await one.LearnAsync(default);
        Assert.NotNull(await one.Suppressions.FindAsync("acme", "a@example.com"));
    }

    [Fact]
    public async Task FindAsync_a_key_revoked_by_another_process_is_gone_within_a_second()
    {
        var (one, two) = (await OpenAsync(), await OpenAsync(Other));
        await one.Keys.AddAsync(new("k1", "acme", new byte[] { 1 }, Mail.Start));
        Assert.NotNull(await two.Keys.FindAsync("k1"));
        await one.Keys.RevokeAsync("acme", "k1");
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await two.Keys.FindAsync("k1"));
    }

    private void Other(StoreOptions options) => (options.OwnerName, options.Folder) = ("other", _otherFolder);
}
