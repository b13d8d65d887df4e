using Grid.Core.Ports;
using Grid.Storage.Sqlite;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Sqlite;

public sealed class SqliteOutageTests : StoreCompliance<SqliteBed>
{
    [Fact]
    public async Task AcceptAsync_disk_full_is_refused_as_unavailable_and_works_again_by_itself()
    {
        var store = (SqliteStore)await OpenAsync();
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(1)));
        LimitPages(store, 1);
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(2, body: new string('x', 1 << 20)))));
        Assert.Contains("full", refused.Message, StringComparison.Ordinal);
        Assert.False(store.Spool.IsAvailable);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Spool.SettleAsync([Mail.Settle(Mail.Message(1).Envelopes[0])]));

        // Still full: a probe changes nothing.
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await store.Spool.ReadBodyAsync(Mail.Id(1)));

        LimitPages(store, 1 << 30);
        Assert.IsType<AcceptResult.Kept>(await Outage.EndsAsync(Clock, () => store.Spool.AcceptAsync(Mail.Accept(Mail.Message(3)))));
        Assert.True(store.Spool.IsAvailable);
        Assert.Null(await store.Spool.FindAsync(Mail.Id(2)));
        Assert.Equal(1, Assert.Single(await store.Spool.SettleAsync([Mail.Settle(Mail.Message(1).Envelopes[0])])).Position);
    }

    private static void LimitPages(SqliteStore store, long pages) => store.WriterConnection!.Scalar($"PRAGMA max_page_count = {pages}");
}
