using Grid.Core.Counters;
using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Counters;

public sealed class OutcomeProjectionTests
{
    private static OutcomeRecord Record(OutcomeKind kind, string domain = "example.com", string site = "mx.example.com") => new()
    {
        At = DateTimeOffset.UnixEpoch.AddYears(56),
        Kind = kind,
        Key = new(new(1), 0),
        Tenant = "acme",
        Address = "a@" + domain,
        Domain = domain,
        Site = site,
    };

    [Fact]
    public void Of_every_kind_counts_once_where_it_belongs()
    {
        Assert.Equal(new(1, 0, 0, 0, 0, 0, 1), OutcomeProjection.Of(Record(OutcomeKind.Delivered)));
        Assert.Equal(new(0, 1, 0, 0, 0, 0, 0), OutcomeProjection.Of(Record(OutcomeKind.Deferred)));
        Assert.Equal(new(0, 0, 1, 0, 0, 0, 0), OutcomeProjection.Of(Record(OutcomeKind.Bounced) with { Hard = true }));
        Assert.Equal(new(0, 0, 0, 1, 0, 0, 0), OutcomeProjection.Of(Record(OutcomeKind.Bounced)));
        Assert.Equal(new(0, 0, 0, 1, 0, 0, 0), OutcomeProjection.Of(Record(OutcomeKind.Expired)));
        Assert.Equal(new(0, 0, 0, 0, 1, 0, 0), OutcomeProjection.Of(Record(OutcomeKind.Complained)));
        Assert.Equal(new(0, 0, 0, 0, 0, 1, 0), OutcomeProjection.Of(Record(OutcomeKind.Unsubscribed)));
        Assert.True(OutcomeProjection.Of(Record(OutcomeKind.Suppressed)).IsZero);
        Assert.True(OutcomeProjection.Of(Record(OutcomeKind.Cancelled)).IsZero);
        Assert.All(Enum.GetValues<OutcomeKind>(), kind => OutcomeProjection.Of(Record(kind)));
    }

    [Theory]
    [InlineData("gmail.com", "gmail-smtp-in.l.google.com", 0)]
    [InlineData("hosted.example", "aspmx.l.google.com", 0)]
    [InlineData("icloud.com", "", 0)]
    [InlineData("yahoo.com", "mta5.am0.yahoodns.net", 1)]
    public void Of_delivery_knows_which_receivers_report_complaints(string domain, string site, long reporting) =>
        Assert.Equal(reporting, OutcomeProjection.Of(Record(OutcomeKind.Delivered, domain, site)).DeliveredReporting);

    [Fact]
    public void Of_refusal_for_the_ip_is_a_block_and_for_the_tenant_is_none()
    {
        var refused = Record(OutcomeKind.Deferred) with { Reason = ReplyReason.BlockedByReputation, About = ReplyAbout.Ip };

        Assert.Equal(1, OutcomeProjection.Of(refused).Blocks);
        Assert.Equal(1, OutcomeProjection.Of(refused with { Kind = OutcomeKind.Bounced, Reason = ReplyReason.Listed }).Blocks);
        Assert.Equal(0, OutcomeProjection.Of(refused with { About = ReplyAbout.Tenant }).Blocks);
        Assert.Equal(0, OutcomeProjection.Of(refused with { Reason = ReplyReason.RateLimited }).Blocks);
    }

    [Fact]
    public void TakenBack_late_bounce_undoes_its_delivery()
    {
        var bounced = Record(OutcomeKind.Bounced) with { Hard = true, DeliveredAt = DateTimeOffset.UnixEpoch };

        Assert.Equal(-OutcomeProjection.Of(Record(OutcomeKind.Delivered)), OutcomeProjection.TakenBack(bounced));
        Assert.Null(OutcomeProjection.TakenBack(Record(OutcomeKind.Bounced)));
    }
}
