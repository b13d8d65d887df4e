using Grid.Core.Ports;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Postgres;

public sealed class PostgresOutageTests : StoreCompliance<PostgresBed>
{
    [Fact]
    public async Task AcceptAsync_server_connection_lost_is_refused_as_unavailable_and_works_again_by_itself()
    {
        var store = await OpenAsync();
        var message = Mail.Message(1);
        await store.Spool.AcceptAsync(Mail.Accept(message));
        await store.Spool.SettleAsync([Mail.Settle(message.Envelopes[0])]);
        await CutAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(2))));
        Assert.IsType<AcceptResult.Kept>(await Outage.EndsAsync(Clock, () => store.Spool.AcceptAsync(Mail.Accept(Mail.Message(3)))));
        Assert.Null(await store.Spool.FindAsync(Mail.Id(2)));
        Assert.Equal(2, Assert.Single(await store.Spool.SettleAsync([Mail.Settle(Mail.Message(3).Envelopes[0])])).Position);
    }

    [Fact]
    public async Task ReadBodyAsync_reading_connection_lost_fails_once_and_then_works()
    {
        var store = await OpenAsync();
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(1)));
        Assert.NotNull(await store.Spool.ReadBodyAsync(Mail.Id(1)));
        await CutAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Spool.ReadBodyAsync(Mail.Id(1)));
        Assert.NotNull(await store.Spool.ReadBodyAsync(Mail.Id(1)));
    }

    /// <summary>Ends every session that works in this bed's schema.</summary>
    private Task<int> CutAsync() => PostgresBed.ExecuteAsync(
        Bed.ConnectionString,
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'grid " + Owner + "'");

    private string Owner { get; } = "o" + Guid.NewGuid().ToString("N");

    private Task<GridStore> OpenAsync() => OpenAsync(options => options.OwnerName = Owner);
}
