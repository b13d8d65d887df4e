using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grid.Core.Admission;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Mail.Dns;
using Grid.Mail.Sending;
using Grid.Testing;

namespace Grid.Mail.Tests.Sending;

/// <summary>RFC 7672, rule by rule.</summary>
public sealed class DaneTests : IShapingSource
{
    private static readonly DnsRecord.TlsAssociation Some = new(3, 1, 1, new byte[32]);
    private readonly SignedDns _dns = new();
    private readonly ScriptedPolicies _web = new();

    public ShapingSet Current { get; } = new([new() { Name = "default" }]);

    [Fact]
    public async Task FindAsync_signed_host_with_records_is_bound_by_them()
    {
        var found = await FindAsync(_dns.Host("mx.a.example").Tlsa("mx.a.example", signed: true, Some));
        Assert.Equal(("mx.a.example", null), (found!.Base, found.Failure));
        Assert.Equal([Some], found.Records);
    }

    [Fact]
    public async Task FindAsync_host_whose_address_is_not_signed_is_not_bound() =>
        Assert.Null(await FindAsync(_dns.Host("mx.a.example", signed: false).Tlsa("mx.a.example", signed: true, Some)));

    [Fact]
    public async Task FindAsync_records_that_are_not_signed_bind_nobody() =>
        Assert.Null(await FindAsync(_dns.Host("mx.a.example").Tlsa("mx.a.example", signed: false, Some)));

    [Fact]
    public async Task FindAsync_host_that_has_none_by_signature_is_not_bound() => Assert.Null(await FindAsync(_dns.Host("mx.a.example")));

    [Fact]
    public async Task FindAsync_records_that_nobody_can_say_keep_mail_away() =>
        Assert.Contains("SERVFAIL", (await FindAsync(_dns.Host("mx.a.example").Fails("_25._tcp.mx.a.example", DnsType.Tlsa)))!.Failure, StringComparison.Ordinal);

    [Theory]
    [InlineData(true, true, "real.b.example")]
    [InlineData(true, false, "mx.a.example")]
    [InlineData(false, false, "mx.a.example")]
    public async Task FindAsync_alias_is_looked_up_under_its_end_then_under_its_own_name(bool wholeChainSigned, bool endHasRecords, string expected)
    {
        _dns.AddChain("mx.a.example", "real.b.example", DnsType.A, wholeChainSigned, new DnsRecord.Address(global::System.Net.IPAddress.Parse("8.8.8.8")));
        _dns.Add("mx.a.example", DnsType.Cname, signed: true, new DnsRecord.Name("real.b.example"));
        _dns.Tlsa("mx.a.example", signed: true, Some);
        if (endHasRecords)
        {
            _dns.Tlsa("real.b.example", signed: true, Some);
        }

        Assert.Equal(expected, (await FindAsync(_dns))!.Base);
    }

    [Fact]
    public async Task FindAsync_records_that_smtp_has_no_use_for_leave_encryption()
    {
        var found = await FindAsync(_dns.Host("mx.a.example").Tlsa("mx.a.example", true, Some with { Usage = 0 }, Some with { Usage = 1 }, Some with { Selector = 2 }, Some with { Matching = 3 }, Some with { Matching = 2 }, Some with { Data = new byte[31] }));
        Assert.Empty(found!.Records);
        Assert.Null(found.Failure);
    }

    [Fact]
    public async Task FindAsync_weaker_hash_of_a_kind_does_not_count_beside_a_stronger()
    {
        var strong = Some with { Matching = 2, Data = new byte[64] };
        var whole = Some with { Matching = 0 };
        var other = Some with { Usage = 2 };
        Assert.Equal([strong, whole, other], (await FindAsync(_dns.Host("mx.a.example").Tlsa("mx.a.example", true, Some, strong, whole, other)))!.Records);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public async Task Route_is_bound_where_the_resolver_validates_and_the_exchangers_are_signed(bool validating, bool signed, bool bound)
    {
        _dns.Mx("a.example", "mx.a.example", signed).Host("mx.a.example").Tlsa("mx.a.example", true, Some);
        var route = (await Router(validating).FindAsync("a.example")).Route!;
        Assert.Equal((bound, bound ? "mx.a.example;dane" : "mx.a.example"), (route.SignedFor is not null, route.Destination));
    }

    [Fact]
    public async Task Route_under_a_trust_anchor_is_the_domains_own()
    {
        _dns.Mx("a.example", "mx.host.example").Mx("b.example", "mx.host.example").Host("mx.host.example").Tlsa("mx.host.example", true, Some with { Usage = 2 });
        var router = Router();
        var (a, b) = ((await router.FindAsync("a.example")).Route!, (await router.FindAsync("b.example")).Route!);
        Assert.Equal(["a.example"], a.SignedFor!);
        Assert.Equal(["b.example"], b.SignedFor!);
        Assert.NotEqual(a.Destination, b.Destination);
    }

    [Fact]
    public async Task Route_of_a_host_that_records_bind_needs_no_sts_policy_that_names_it()
    {
        _dns.Mx("a.example", "mx.a.example").Host("mx.a.example").Tlsa("mx.a.example", true, Some);
        _dns.Add("_mta-sts.a.example", DnsType.Txt, true, new DnsRecord.Text("v=STSv1; id=1;"));
        _web.Texts["a.example"] = "version: STSv1\nmode: enforce\nmx: other.example\nmax_age: 86400\n";
        Assert.Equal(["mx.a.example"], (await Router().FindAsync("a.example")).Route!.Exchangers.Select(h => h.Name));
    }

    [Theory]
    // Usage 3: the certificate or its key, whole or hashed; neither the name nor the dates count.
    [InlineData(3, 0, 0, "leaf", "other.example", true)]
    [InlineData(3, 0, 1, "leaf", "other.example", true)]
    [InlineData(3, 0, 2, "leaf", "other.example", true)]
    [InlineData(3, 1, 0, "leaf", "other.example", true)]
    [InlineData(3, 1, 1, "leaf", "other.example", true)]
    [InlineData(3, 1, 2, "leaf", "other.example", true)]
    [InlineData(3, 1, 1, "root", "mx.a.example", false)]
    [InlineData(3, 1, 1, "stranger", "mx.a.example", false)]
    // Usage 2: an authority above the certificate, and the certificate is the host's or the domain's.
    [InlineData(2, 0, 1, "root", "mx.a.example", true)]
    [InlineData(2, 1, 2, "root", "mx.a.example", true)]
    [InlineData(2, 0, 0, "root", "mx.a.example", true)]
    [InlineData(2, 1, 1, "middle", "mx.a.example", true)]
    [InlineData(2, 0, 1, "root", "a.example", true)]
    [InlineData(2, 0, 1, "root", "other.example", false)]
    [InlineData(2, 0, 1, "stranger", "mx.a.example", false)]
    public void Judge_takes_what_a_record_names(byte usage, byte selector, byte matching, string which, string name, bool taken)
    {
        using var chain = new MadeChain(name);
        var record = chain.Record(usage, selector, matching, which);
        var (accepted, check) = Judge(chain, record);
        Assert.Equal((taken, taken ? usage == 3 ? "dane-ee" : "dane-ta" : ""), (accepted, check.Authority));
        Assert.Equal(taken, check.Refusal is null);
    }

    [Fact]
    public void Judge_of_a_certificate_out_of_date_counts_under_an_anchor_only()
    {
        using var chain = new MadeChain("mx.a.example", isExpired: true);
        Assert.True(Judge(chain, chain.Record(3, 1, 1, "leaf")).Accepted);
        Assert.False(Judge(chain, chain.Record(2, 0, 1, "root")).Accepted);
    }

    [Fact]
    public void Judge_of_a_forged_chain_refuses()
    {
        using var chain = new MadeChain("mx.a.example");
        using var forged = new MadeChain("mx.a.example");
        var check = new PeerCheck("mx.a.example", true, new("mx.a.example", [chain.Record(2, 0, 1, "root")], null));
        Assert.False(check.Judge(this, forged.Leaf, Sent(chain), SslPolicyErrors.RemoteCertificateChainErrors));
    }

    [Theory]
    [InlineData(SslPolicyErrors.None, true, true)]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch, true, false)]
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors, false, true)]
    public void Judge_without_records_goes_by_public_authorities_where_asked(SslPolicyErrors errors, bool verify, bool taken)
    {
        using var chain = new MadeChain("mx.a.example");
        Assert.Equal(taken, new PeerCheck("mx.a.example", verify, null).Judge(this, chain.Leaf, null, errors));
    }

    private (bool Accepted, PeerCheck Check) Judge(MadeChain chain, DnsRecord.TlsAssociation record)
    {
        var check = new PeerCheck("mx.a.example", true, new DaneHost("mx.a.example", [record], null) { Domains = ["a.example"] });
        return (check.Judge(this, chain.Leaf, Sent(chain), SslPolicyErrors.RemoteCertificateChainErrors), check);
    }

    private static X509Chain Sent(MadeChain made)
    {
        var chain = new X509Chain();
        chain.ChainPolicy.ExtraStore.AddRange(new X509Certificate2Collection { made.Leaf, made.Middle, made.Root });
        return chain;
    }

    private static async Task<DaneHost?> FindAsync(SignedDns dns) => (await DaneHost.FindAsync(dns, "mx.a.example", 25, TestContext.Current.CancellationToken)).Host;

    private MxRouter Router(bool validating = true) =>
        new(_dns, new() { OwnName = "grid.example", Validating = validating }, new MtaSts(_dns, new ManualClock(), _web), this, new ManualClock());
}
