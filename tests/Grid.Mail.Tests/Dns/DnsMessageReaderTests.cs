using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Grid.Mail.Dns;

namespace Grid.Mail.Tests.Dns;

public sealed class DnsMessageReaderTests
{
    private readonly DnsQuery _query = new("mail.example.com", DnsType.Mx, extended: true);

    [Fact]
    public void Read_of_an_answer_has_its_records_with_lower_case_names()
    {
        var bytes = DnsBytes.Answer(_query, answers: 2).Mx("MAIL.Example.com", 10, "MX1.Example.net").Mx("mail.example.com", 20, "mx2.example.net", ttl: 60).ToArray();

        Assert.Equal(DnsFault.None, DnsMessageReader.Read(bytes, _query, out var message));
        Assert.Equal(
            [("mail.example.com", 300d, new DnsRecord.MailExchanger(10, "mx1.example.net")), ("mail.example.com", 60d, new DnsRecord.MailExchanger(20, "mx2.example.net"))],
            message.Answers.Select(e => (e.Owner, e.Ttl.TotalSeconds, (DnsRecord.MailExchanger)e.Record)));
    }

    [Fact]
    public void Read_follows_compressed_names_backwards()
    {
        // 12 is where the question's name begins; its third label, "com", stands at 12 + 5 + 8.
        var bytes = DnsBytes.Answer(_query, answers: 1).Raw(0xC0, 12).U16(15).U16(1).U32(300).U16(8).U16(10).Raw(3, 'm', 'x', '1', 0xC0, 12 + 5).ToArray();

        Assert.Equal(DnsFault.None, DnsMessageReader.Read(bytes, _query, out var message));
        Assert.Equal(new DnsRecord.MailExchanger(10, "mx1.example.com"), Assert.Single(message.Answers).Record);
    }

    [Fact]
    public void Read_of_names_that_point_at_themselves_or_onward_is_malformed()
    {
        var here = DnsBytes.Answer(_query).ToArray().Length;
        foreach (var target in new[] { here, here + 2, here + 10, 0x3FFF, 0, 11 })
        {
            var bytes = DnsBytes.Answer(_query, answers: 1).Raw(0xC0 | (target >> 8), target & 255).U16(15).U16(1).U32(300).U16(4).U16(10).Raw(0xC0, 12).ToArray();
            Assert.Equal(DnsFault.Malformed, DnsMessageReader.Read(bytes, _query, out _));
        }
    }

    [Fact]
    public void Read_of_two_names_that_point_at_each_other_is_malformed()
    {
        var at = DnsBytes.Answer(_query).ToArray().Length;
        var bytes = DnsBytes.Answer(_query, answers: 1).Raw(0xC0, at + 2, 0xC0, at).U16(15).U16(1).U32(300).U16(4).U16(10).Raw(0xC0, 12).ToArray();
        Assert.Equal(DnsFault.Malformed, DnsMessageReader.Read(bytes, _query, out _));
    }

    [Theory]
    [InlineData(63, 3, true)]
    [InlineData(63, 4, false)]
    public void Read_of_a_name_ends_at_255_octets(int label, int labels, bool holds)
    {
        // Three labels of 63 and one of 61 are 255 octets with the root; a fourth of 63 is too long.
        var parts = Enumerable.Repeat(new string('a', label), labels).ToList();
        var name = string.Join('.', holds ? [.. parts, new string('b', 61)] : parts);
        var bytes = DnsBytes.Answer(_query, answers: 1).Mx("mail.example.com", 1, name).ToArray();
        Assert.Equal(holds ? DnsFault.None : DnsFault.Malformed, DnsMessageReader.Read(bytes, _query, out _));
    }

    [Fact]
    public void Read_of_data_longer_or_shorter_than_it_says_is_malformed()
    {
        foreach (var length in new[] { 0, 1, 2, 3, 18, 20, 4000 })
        {
            var bytes = DnsBytes.Answer(_query, answers: 1).Raw(0xC0, 12).U16(15).U16(1).U32(300).U16(length).U16(10).Raw(DnsBytes.Name("mx1.example.net").AsSpan()).ToArray();
            Assert.Equal(DnsFault.Malformed, DnsMessageReader.Read(bytes, _query, out _));
        }
    }

    [Fact]
    public void Read_of_a_message_cut_anywhere_is_no_answer()
    {
        var bytes = DnsBytes.Answer(_query, answers: 2).Mx("mail.example.com", 10, "mx1.example.net").Mx("mail.example.com", 20, "mx2.example.net").ToArray();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.NotEqual(DnsFault.None, DnsMessageReader.Read(bytes.AsSpan(0, length), _query, out _));
        }
    }

    [Fact]
    public void Read_of_what_answers_another_question_is_foreign()
    {
        var right = DnsBytes.Answer(_query, answers: 1).Mx("mail.example.com", 10, "mx1.example.net").ToArray();
        Assert.Equal(DnsFault.None, DnsMessageReader.Read(right, _query, out _));

        var id = (byte[])right.Clone();
        id[0] ^= 1;
        var query = (byte[])right.Clone();
        query[2] &= 0x7F;
        var name = (byte[])right.Clone();
        name[13] = (byte)'x';
        var type = (byte[])right.Clone();
        type[12 + _query.WireName.Length + 1] = (byte)DnsType.A;
        foreach (var wrong in new[] { id, query, name, type })
        {
            Assert.Equal(DnsFault.Foreign, DnsMessageReader.Read(wrong, _query, out _));
        }
    }

    [Fact]
    public void Read_of_a_question_in_another_case_says_so()
    {
        var bytes = DnsBytes.Answer(_query).ToArray();
        bytes[13] ^= 0x20;
        Assert.Equal(DnsFault.OtherCase, DnsMessageReader.Read(bytes, _query, out _));
    }

    [Fact]
    public void Read_keeps_dots_within_labels_apart_from_those_between()
    {
        var bytes = DnsBytes.Answer(_query, answers: 1).Raw(0xC0, 12).U16(15).U16(1).U32(300).U16(2 + 1 + 5 + 1).U16(10).Raw(5, 'a', '.', 'b', 0, 200, 0).ToArray();
        Assert.Equal(DnsFault.None, DnsMessageReader.Read(bytes, _query, out var message));
        Assert.Equal("a\\046b\\000\\200", ((DnsRecord.MailExchanger)message.Answers[0].Record).Host);
        Assert.False(DnsName.IsHost("a\\046b"));
    }

    [Theory]
    [InlineData(0u, 0)]
    [InlineData(86_400u, 86_400)]
    [InlineData(86_401u, 86_400)]
    [InlineData(0x7FFFFFFFu, 86_400)]
    [InlineData(0x80000000u, 0)]
    public void Read_of_a_ttl_is_a_day_at_most_and_0_with_its_highest_bit(uint ttl, int seconds)
    {
        DnsMessageReader.Read(DnsBytes.Answer(_query, answers: 1).Mx("mail.example.com", 10, "mx1.example.net", ttl).ToArray(), _query, out var message);
        Assert.Equal(seconds, message.Answers[0].Ttl.TotalSeconds);
    }

    [Theory]
    [InlineData(300u, 60u, 60)]
    [InlineData(60u, 300u, 60)]
    public void Read_of_a_negative_answer_holds_for_the_lesser_of_ttl_and_minimum(uint ttl, uint minimum, int seconds)
    {
        DnsMessageReader.Read(DnsBytes.Answer(_query, authorities: 1, flags: 0x8183).Soa("example.com", ttl, minimum).ToArray(), _query, out var message);
        Assert.Equal(DnsMessage.NameError, message.ResponseCode);
        Assert.Equal(("example.com", TimeSpan.FromSeconds(seconds)), message.Negative);
    }

    [Fact]
    public void Read_of_other_kinds_of_records()
    {
        var query = new DnsQuery("_25._tcp.mx.example.com", DnsType.Tlsa, extended: false);
        DnsMessageReader.Read(DnsBytes.Answer(query, answers: 3, flags: 0x81A0)
            .Record("_25._tcp.mx.example.com", DnsType.Tlsa, 60, 3, 1, 1, 0xAB, 0xCD)
            .Record("a.example.com", DnsType.Txt, 60, 3, (byte)'a', (byte)'b', (byte)'c', 1, (byte)'d')
            .Address("b.example.com", "2001:db8::1").ToArray(), query, out var message);

        Assert.True(message.Authenticated);
        var tlsa = (DnsRecord.TlsAssociation)message.Answers[0].Record;
        Assert.Equal((3, 1, 1, "ABCD"), (tlsa.Usage, tlsa.Selector, tlsa.Matching, Convert.ToHexString(tlsa.Data.Span)));
        Assert.Equal(new DnsRecord.Text("abcd"), message.Answers[1].Record);
        Assert.Equal(new DnsRecord.Address(IPAddress.Parse("2001:db8::1")), message.Answers[2].Record);
    }

    [Fact]
    public void Read_of_any_bytes_behind_a_right_head_ends_and_never_throws() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000),
        Prop.ForAll(Gen.ArrayOf(Gen.OneOf(Gen.Choose(0, 255), Gen.Elements(0xC0, 0, 12, 63, 1, 15))).ToArbitrary(), tail =>
        {
            DnsMessageReader.Read(DnsBytes.Answer(_query, answers: 3, authorities: 2, additionals: 2).Raw(tail).ToArray(), _query, out var message);
            return message.Answers.All(e => e.Owner.Length <= 4 * DnsName.MaxOctets);
        }));

    [Fact]
    public void Read_of_a_right_message_with_bytes_changed_never_throws() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000),
        Prop.ForAll(Gen.ArrayOf(from at in Gen.Choose(0, 200) from value in Gen.Choose(0, 255) select (at, value)).ToArbitrary(), changes =>
        {
            var bytes = DnsBytes.Answer(_query, answers: 2, authorities: 1).Alias("mail.example.com", "a.example.com").Mx("a.example.com", 10, "mx1.example.net").Soa("example.com", 60, 60).ToArray();
            foreach (var (at, value) in changes)
            {
                bytes[at % bytes.Length] = (byte)value;
            }

            DnsMessageReader.Read(bytes, _query, out var message);
            return message.Answers.Count <= 1024;
        }));

    [Fact]
    public void Read_stops_after_512_records()
    {
        var bytes = DnsBytes.Answer(_query, answers: 513);
        for (var i = 0; i < 513; i++)
        {
            bytes.Raw(0xC0, 12).U16(15).U16(1).U32(300).U16(4).U16(10).Raw(0xC0, 12);
        }

        Assert.Equal(DnsFault.Malformed, DnsMessageReader.Read(bytes.ToArray(), _query, out _));
    }

    [Fact]
    public void Query_has_a_random_id_and_letters_in_random_case()
    {
        var queries = Enumerable.Range(0, 64).Select(_ => new DnsQuery("a.long.enough.name.example.com", DnsType.A, extended: true)).ToList();
        Assert.True(queries.Select(q => q.Id).Distinct().Count() > 60);
        Assert.True(queries.Select(q => Convert.ToHexString(q.WireName)).Distinct().Count() > 60);
        Assert.All(queries, q => Assert.Equal(DnsQuery.UdpOctets, (q.Message.Span[^8] << 8) | q.Message.Span[^7]));
    }
}
