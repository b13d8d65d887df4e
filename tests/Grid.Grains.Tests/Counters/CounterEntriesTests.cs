using Grid.Core.Counters;
using Grid.Core.Vocabulary;
using Grid.Grains.Counters;

namespace Grid.Grains.Tests.Counters;

public sealed class CounterEntriesTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Summed_refusals_of_a_second_name_each_tenant_once()
    {
        List<OutcomeRecord> records = [Refused(1, "a"), Refused(2, "b"), Refused(3, "a"), Refused(4, "a") with { Reason = ReplyReason.UnknownUser, About = ReplyAbout.Recipient }];

        var entry = Assert.Single(CounterEntries.Summed(records));

        Assert.Equal((4L, 3L), (entry.Position, entry.Totals.Blocks));
        Assert.Equal([new Harm("a", 2, 0), new Harm("b", 1, 0)], entry.Harm!);
    }

    [Fact]
    public void Summed_seconds_and_complaints_stand_alone()
    {
        List<OutcomeRecord> records = [Refused(1, "a"), Refused(2, "a") with { At = At.AddSeconds(1) }, Refused(3, "a") with { Kind = OutcomeKind.Complained }];

        Assert.Equal([(1, 0), (1, 0), (0, 1)], CounterEntries.Summed(records).Select(entry => ((int)entry.Harm![0].Blocks, (int)entry.Harm[0].Complaints)));
    }

    private static OutcomeRecord Refused(long position, string tenant) => new()
    {
        Position = position,
        At = At,
        Kind = OutcomeKind.Deferred,
        Key = new(new(position), 0),
        Tenant = tenant,
        Address = "x@example.com",
        Domain = "example.com",
        Ip = "192.0.2.1",
        Reason = ReplyReason.BlockedByReputation,
        About = ReplyAbout.Ip,
    };
}
