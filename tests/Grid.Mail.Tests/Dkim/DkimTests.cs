using System.Text;
using Grid.Mail.Dkim;
using Grid.Testing;

namespace Grid.Mail.Tests.Dkim;

public sealed class DkimTests
{
    private const string Plain = "From: News <news@acme.example>\r\nTo: you@client.example\r\nSubject: Hello  there\r\nDate: Sun, 22 Nov 2026 06:25:10 +0000\r\nMessage-ID: <1@acme.example>\r\n"
        + "List-Unsubscribe: <https://grid.example/u/1>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nFeedback-ID: a:b:c:grid\r\n\r\nHello,\r\n\r\nbye \r\n";

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 6, 30, 0, TimeSpan.Zero);
    private readonly ManualClock _clock = new(Now);
    private readonly PublishedKeys _keys = TestKeys.Published();

    [Fact]
    public async Task Signed_message_verifies_for_both_domains_and_stands_whole_below_the_signatures()
    {
        var signed = Sign(Plain);

        Assert.EndsWith(Plain, signed);
        Assert.All(signed.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
        Assert.Equal([(DkimResult.Pass, "acme.example", "s1"), (DkimResult.Pass, "grid.example", "p1")], (await VerifyAsync(signed)).Select(v => (v.Result, v.Domain, v.Selector)));
    }

    [Theory]
    [InlineData("Subject: ", "Subject: x")]
    [InlineData("bye", "byE")]
    [InlineData("bye \r\n", "bye \r\nmore\r\n")]
    [InlineData("One-Click", "Two-Clicks")]
    [InlineData("a:b:c:grid", "a:b:d:grid")]
    [InlineData("/u/1", "/u/2")]
    [InlineData("acme.example;", "acmf.example;")]
    public async Task Change_to_what_is_signed_breaks_it(string was, string becomes) =>
        Assert.DoesNotContain(await VerifyAsync(Sign(Plain).Replace(was, becomes)), v => v is { Result: DkimResult.Pass, Selector: "s1" });

    [Theory]
    [InlineData("From: someone@else.example")]
    [InlineData("To: also@client.example")]
    [InlineData("Subject: another")]
    [InlineData("Date: Mon, 23 Nov 2026 06:25:10 +0000")]
    [InlineData("Message-ID: <2@acme.example>")]
    [InlineData("List-Unsubscribe: <https://evil.example/>")]
    [InlineData("List-Unsubscribe-Post: List-Unsubscribe=No")]
    [InlineData("Feedback-ID: x:y:z:evil")]
    [InlineData("Reply-To: someone@else.example")]
    [InlineData("Content-Type: text/html")]
    public async Task One_more_of_an_important_field_breaks_it(string field)
    {
        Assert.All(await VerifyAsync(field + "\r\n" + Sign(Plain)), v => Assert.Equal(DkimResult.Fail, v.Result));
        Assert.All(await VerifyAsync(Sign(Plain).Replace("\r\n\r\nHello,", "\r\n" + field + "\r\n\r\nHello,")), v => Assert.Equal(DkimResult.Fail, v.Result));
    }

    [Fact]
    public async Task What_relays_do_leaves_it_whole()
    {
        var relayed = "Received: from a by b;\r\n\tSun, 22 Nov 2026 06:40:00 +0000\r\n" + Sign(Plain).Replace("Subject: Hello  there", "SUBJECT:\tHello\r\n there ").Replace("bye \r\n", "bye\r\n\r\n");
        Assert.All(await VerifyAsync(relayed), v => Assert.Equal(DkimResult.Pass, v.Result));
    }

    [Theory]
    [InlineData("v=DKIM1; k=rsa; p=", DkimResult.PermanentError, "revoked")]
    [InlineData("v=DKIM2; p=KEY", DkimResult.PermanentError, "version")]
    [InlineData("p=KEY; v=DKIM1", DkimResult.PermanentError, "version")]
    [InlineData("v=DKIM1; k=ed25519; p=KEY", DkimResult.PermanentError, "kind")]
    [InlineData("v=DKIM1; h=sha1; p=KEY", DkimResult.PermanentError, "SHA-256")]
    [InlineData("v=DKIM1; s=tlsrpt; p=KEY", DkimResult.PermanentError, "mail")]
    [InlineData("v=DKIM1; p=AAAA", DkimResult.PermanentError, "bits")]
    [InlineData("v=DKIM1; p=!", DkimResult.PermanentError, "bits")]
    [InlineData("some words", DkimResult.PermanentError, "tags")]
    [InlineData("p=KEY", DkimResult.Pass, "holds")]
    [InlineData("v=DKIM1; s=email; h=sha256:sha1; n=a note; t=s; p=KEY", DkimResult.Pass, "holds")]
    public async Task Key_record_decides(string record, DkimResult expected, string words)
    {
        _keys[DkimKeyPair.RecordName("s1", "acme.example")] = [record.Replace("KEY", Convert.ToBase64String(TestKeys.TenantPair.PublicKey))];
        var verdict = (await VerifyAsync(Sign(Plain)))[0];
        Assert.Equal((expected, true), (verdict.Result, verdict.Words.Contains(words)));
    }

    [Fact]
    public async Task Key_on_trial_passes_and_says_so()
    {
        _keys[DkimKeyPair.RecordName("s1", "acme.example")] = ["v=DKIM1; t=y; p=" + Convert.ToBase64String(TestKeys.TenantPair.PublicKey)];
        Assert.True((await VerifyAsync(Sign(Plain)))[0] is { Result: DkimResult.Pass, Testing: true });
    }

    [Fact]
    public async Task Key_of_1023_bits_or_fewer_never_passes()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(1016);
        _keys[DkimKeyPair.RecordName("s1", "acme.example")] = ["p=" + Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())];
        Assert.Equal(DkimResult.PermanentError, (await VerifyAsync(Sign(Plain)))[0].Result);
        Assert.Throws<System.Security.Cryptography.CryptographicException>(() => new DkimSigningKey("acme.example", "s", rsa.ExportPkcs8PrivateKey()));
    }

    [Fact]
    public async Task Missing_key_and_silent_server_differ()
    {
        _keys.Remove(DkimKeyPair.RecordName("s1", "acme.example"));
        _keys.Silent.Add(DkimKeyPair.RecordName("p1", "grid.example"));
        Assert.Equal([DkimResult.PermanentError, DkimResult.TemporaryError], (await VerifyAsync(Sign(Plain))).Select(v => v.Result));
    }

    [Theory]
    [InlineData("a=rsa-sha256", "a=rsa-sha1", "a=rsa-sha1")]
    [InlineData("a=rsa-sha256", "a=ed25519-sha256", "a=ed25519-sha256")]
    [InlineData("v=1; ", "v=2; ", "v=")]
    [InlineData("v=1; ", "v=1; v=1; ", "tags")]
    [InlineData("c=relaxed/relaxed", "c=lax/relaxed", "c=")]
    [InlineData("d=acme.example", "d=..", "d=")]
    [InlineData("d=acme.example", "d=acme.example; i=@evil.example", "i=")]
    [InlineData("s=s1", "s=s/1", "s=")]
    [InlineData("t=", "x=1; t=", "x=")]
    [InlineData("t=", "l=-1; t=", "l=")]
    [InlineData("From:From", "Frog:Frog", "From")]
    public async Task Signature_that_is_out_of_form_is_neutral(string was, string becomes, string words)
    {
        var signed = Sign(Plain);
        var at = signed.IndexOf(was, StringComparison.Ordinal);
        var verdict = (await VerifyAsync(signed[..at] + becomes + signed[(at + was.Length)..]))[0];
        Assert.Equal((DkimResult.Neutral, true), (verdict.Result, verdict.Words.Contains(words)));
    }

    [Fact]
    public async Task Sixth_signature_is_not_looked_at()
    {
        var signed = Sign(Plain);
        var verdicts = await VerifyAsync(string.Concat(Enumerable.Repeat("DKIM-Signature: v=1; junk\r\n", 4)) + signed);
        Assert.Equal(5, verdicts.Count);
        Assert.Equal("s1", verdicts[4].Selector);
        Assert.Equal(1, _keys.Asked);
    }

    [Fact]
    public async Task Message_without_a_signature_has_no_verdict() => Assert.Empty(await VerifyAsync(Plain));

    [Fact]
    public async Task Odd_messages_verify_and_any_bytes_are_survived()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var signed = DkimSigner.Sign(OddMessages.Make(seed), default, [TestKeys.Tenant], Now);
            Assert.Equal(DkimResult.Pass, (await new DkimVerifier(_keys, _clock).VerifyAsync(signed))[0].Result);
            var random = new Random(seed);
            for (var i = 0; i < 20; i++)
            {
                var broken = signed.ToArray();
                broken[random.Next(400)] = (byte)random.Next(256);
                await new DkimVerifier(_keys, _clock).VerifyAsync(broken.AsMemory(0, random.Next(broken.Length)));
                DkimSigner.Sign(broken, default, [], Now);
            }
        }
    }

    [Fact]
    public async Task Fields_given_along_are_put_below_the_signatures_and_signed()
    {
        var signed = Encoding.UTF8.GetString(DkimSigner.Sign(Encoding.UTF8.GetBytes(Plain), "CFBL-Address: fbl@b.example; report=arf\r\n"u8, [TestKeys.Tenant], Now));
        Assert.EndsWith("CFBL-Address: fbl@b.example; report=arf\r\n" + Plain, signed);
        Assert.Equal(DkimResult.Pass, (await VerifyAsync(signed))[0].Result);
        Assert.Equal(DkimResult.Fail, (await VerifyAsync(signed.Replace("fbl@b", "fbl@c")))[0].Result);
    }

    private static string Sign(string message) => Encoding.UTF8.GetString(DkimSigner.Sign(Encoding.UTF8.GetBytes(message), default, [TestKeys.Tenant, TestKeys.Platform], Now));

    private ValueTask<IReadOnlyList<DkimVerdict>> VerifyAsync(string message) => new DkimVerifier(_keys, _clock).VerifyAsync(Encoding.UTF8.GetBytes(message));
}
