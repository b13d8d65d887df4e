using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Grid.Core.Ports;
using Grid.Host.Ingress;
using Grid.Mail.Dkim;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Host.Tests.Whole;

public sealed class DomainKeysTests(SigningFixture host) : IClassFixture<SigningFixture>
{
    [Fact]
    public async Task Key_is_made_published_signs_and_is_followed_by_another()
    {
        var key = await host.TenantAsync("rotate");
        var before = await SentAsync("rotate", key, "before@r.example");
        Assert.DoesNotContain("d=rotate.example", before, StringComparison.Ordinal);

        var made = await host.CallAsync(HttpMethod.Post, "/v1/sending-domains/rotate.example/keys", new { }, key);
        var first = made.Json["selector"]!.GetValue<string>();
        Assert.Equal((HttpStatusCode.Created, "pending", $"{first}._domainkey.rotate.example"), (made.Status, Text(made.Json, "state"), Text(made.Json["record"]!, "name")));
        Assert.Equal(Text(made.Json["record"]!, "value"), string.Concat(made.Json["record"]!["strings"]!.AsArray().Select(part => part!.GetValue<string>())));
        Assert.All(made.Json["record"]!["strings"]!.AsArray(), part => Assert.InRange(part!.GetValue<string>().Length, 1, 255));
        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Post, "/v1/sending-domains/rotate.example/keys", new { }, key)).Status);

        var early = await host.CallAsync(HttpMethod.Post, $"/v1/sending-domains/rotate.example/keys/{first}/state", new { state = "active" }, key);
        Assert.Equal((HttpStatusCode.Conflict, true), (early.Status, Text(early.Json, "detail").Contains("no TXT record")));
        Assert.Equal(HttpStatusCode.Forbidden, (await host.CallAsync(HttpMethod.Post, $"/v1/sending-domains/rotate.example/keys/{first}/state", new { state = "active", force = true }, key)).Status);

        Publish(made.Json);
        var seen = await host.CallAsync(HttpMethod.Post, $"/v1/sending-domains/rotate.example/keys/{first}/check", null, key);
        Assert.Equal((HttpStatusCode.OK, "active", true), (seen.Status, Text(seen.Json, "state"), seen.Json["check"]!["published"]!.GetValue<bool>()));
        Assert.Contains((DkimResult.Pass, "rotate.example", first), await VerdictsAsync(await SentAsync("rotate", key, "one@r.example")));

        var second = (await host.CallAsync(HttpMethod.Post, "/v1/tenants/rotate/domains/rotate.example/keys", new { })).Json;
        Assert.Contains((DkimResult.Pass, "rotate.example", first), await VerdictsAsync(await SentAsync("rotate", key, "two@r.example")));
        Publish(second);
        await host.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<DomainKeyWatch>().Single().LookAsync(default);
        Assert.Contains((DkimResult.Pass, "rotate.example", Text(second, "selector")), await VerdictsAsync(await SentAsync("rotate", key, "three@r.example")));

        var shown = await host.CallAsync(HttpMethod.Get, "/v1/sending-domains/rotate.example", key: key);
        Assert.Equal(["retired", "active"], shown.Json["keys"]!.AsArray().Select(k => Text(k!, "state")));
        Assert.NotNull(shown.Json["keys"]![0]!["keepPublishedUntil"]);
        Assert.DoesNotContain("PRIVATE", shown.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Delete, $"/v1/sending-domains/rotate.example/keys/{Text(second, "selector")}", key: key)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await host.CallAsync(HttpMethod.Delete, $"/v1/sending-domains/rotate.example/keys/{first}", key: key)).Status);
    }

    [Fact]
    public async Task Bulk_mail_says_who_is_to_hear_of_complaints_under_both_signatures()
    {
        var key = await host.TenantAsync("both");
        // The grid makes its own first key when it starts; where this comes before, the other is told so.
        await host.CallAsync(HttpMethod.Post, "/v1/platform/domains/grid.example/keys", new { });
        var platform = (await host.CallAsync(HttpMethod.Get, "/v1/platform/domains")).Json["domains"]![0]!;
        Assert.Equal("grid.example", Text(platform, "domain"));
        var own = platform["keys"]![0]!;
        Publish(own);
        await host.CallAsync(HttpMethod.Post, $"/v1/platform/domains/grid.example/keys/{Text(own, "selector")}/state", new { state = "active" });
        var made = (await host.CallAsync(HttpMethod.Post, "/v1/tenants/both/domains/mail.both.example/keys", new { })).Json;
        Publish(made);
        var forced = await host.CallAsync(HttpMethod.Post, $"/v1/tenants/both/domains/mail.both.example/keys/{Text(made, "selector")}/state", new { state = "active", force = true });
        Assert.Equal("active", Text(forced.Json, "state"));

        var bulk = await SentAsync("both", key, "bulk@r.example", from: "news@a.mail.both.example", campaign: "Spring sale/1");
        Assert.Equal([(DkimResult.Pass, "mail.both.example"), (DkimResult.Pass, "grid.example")], (await VerdictsAsync(bulk)).Select(v => (v.Item1, v.Item2)));
        Assert.Matches("\r\nFeedback-ID: Spring-sale-1:both:bulk:grid-[0-9a-f]{8}\r\nCFBL-Address: fbl@bounces.grid.example; report=arf\r\nCFBL-Feedback-ID: [a-z2-7]{32}\r\n", bulk);

        var transactional = await SentAsync("both", key, "receipt@r.example", from: "news@mail.both.example", stream: "transactional");
        Assert.Equal(2, (await VerdictsAsync(transactional)).Count(v => v.Item1 == DkimResult.Pass));
        Assert.DoesNotContain("\r\nFeedback-ID:", transactional, StringComparison.Ordinal);

        var others = await SentAsync("both", key, "other@r.example", from: "news@both.example");
        Assert.Equal(["grid.example"], (await VerdictsAsync(others)).Select(v => v.Item2));
        Assert.DoesNotContain("\r\nCFBL-", others, StringComparison.Ordinal);

        var stopped = await host.CallAsync(HttpMethod.Post, $"/v1/tenants/both/domains/mail.both.example/keys/{Text(made, "selector")}/state", new { state = "retired" });
        Assert.Equal("retired", Text(stopped.Json, "state"));
        Assert.Equal(["grid.example"], (await VerdictsAsync(await SentAsync("both", key, "last@r.example", from: "news@mail.both.example"))).Select(v => v.Item2));
    }

    [Fact]
    public async Task Domains_are_the_tenants_own()
    {
        var key = await host.TenantAsync("owner");
        var other = await host.TenantAsync("stranger");
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Post, "/v1/sending-domains/owner.example/keys", new { }, other)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Post, "/v1/sending-domains/example/keys", new { }, key)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Post, "/v1/tenants/nobody/domains/owner.example/keys", new { })).Status);
        var made = (await host.CallAsync(HttpMethod.Post, "/v1/sending-domains/owner.example/keys", new { }, key)).Json;
        foreach (var path in (string[])["/check", "/state", ""])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(path.Length == 0 ? HttpMethod.Delete : HttpMethod.Post, $"/v1/sending-domains/owner.example/keys/{Text(made, "selector")}{path}", new { state = "active" }, other)).Status);
        }

        var wrong = await host.CallAsync(HttpMethod.Post, $"/v1/sending-domains/owner.example/keys/{Text(made, "selector")}/state", new { state = "on" }, key);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        host.Records.Publish(Text(made["record"]!, "name"), DkimKeyPair.Record(DkimKeyPair.Make().PublicKey));
        var check = await host.CallAsync(HttpMethod.Post, $"/v1/sending-domains/owner.example/keys/{Text(made, "selector")}/check", null, key);
        Assert.Equal(("pending", false, "the name has a record, and it is not this key's"), (Text(check.Json, "state"), check.Json["check"]!["published"]!.GetValue<bool>(), Text(check.Json["check"]!, "words")));
    }

    [Fact]
    public async Task Private_key_is_in_the_store_sealed_only()
    {
        var key = await host.TenantAsync("sealed");
        var made = (await host.CallAsync(HttpMethod.Post, "/v1/sending-domains/sealed.example/keys", new { }, key)).Json;
        var stored = Assert.Single(await host.Services.GetRequiredService<IDkimKeys>().ListAsync("sealed"));
        using var rsa = System.Security.Cryptography.RSA.Create();
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => rsa.ImportPkcs8PrivateKey(stored.SealedKey.Span, out _));
        var name = Text(made["record"]!, "name");
        Assert.True(new KeySeal(Encoding.UTF8.GetBytes("a-secret-of-the-tests-0123456789")).TryOpen(stored.SealedKey.Span, name, out var opened));
        rsa.ImportPkcs8PrivateKey(opened, out _);
        Assert.True(stored.PublicKey.Span.SequenceEqual(rsa.ExportSubjectPublicKeyInfo()));
        Assert.False(new KeySeal(Encoding.UTF8.GetBytes("another-secret-0123456789")).TryOpen(stored.SealedKey.Span, name, out _));
        Assert.False(new KeySeal(Encoding.UTF8.GetBytes("a-secret-of-the-tests-0123456789")).TryOpen(stored.SealedKey.Span, "other." + name, out _));
    }

    private void Publish(JsonNode key) => host.Records.Publish(Text(key["record"]!, "name"), Text(key["record"]!, "value"));

    private async Task<string> SentAsync(string tenant, string key, string to, string? from = null, string? stream = null, string? campaign = null)
    {
        var posted = await host.CallAsync(
            HttpMethod.Post, "/v1/messages", new { from = from ?? $"news@{tenant}.example", to = new[] { to }, subject = "hello", text = "Hi \n\nthere\n", stream = stream ?? "bulk", campaign }, key);
        Assert.Equal(HttpStatusCode.Accepted, posted.Status);
        return (await host.ReceivedAsync(to)).Data;
    }

    private async Task<IReadOnlyList<(DkimResult, string, string)>> VerdictsAsync(string message) =>
        [.. (await new DkimVerifier(host.Records, TimeProvider.System).VerifyAsync(Encoding.Latin1.GetBytes(message))).Select(v => (v.Result, v.Domain, v.Selector))];

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
