using System.Text;
using Grid.Core.Vocabulary;
using Grid.Host.Tests.Clients;
using Grid.Host.Webhooks;

namespace Grid.Host.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"type":"outcomes","data":"ä€"}""");

    [Fact]
    public void Sign_standard_is_that_of_the_specification()
    {
        // The example of standardwebhooks.com's libraries.
        var secret = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        var webhook = Webhook(WebhookFormat.Standard, secret);

        var headers = WebhookSignature.Sign(webhook, "msg_p5jXN8AQM9LWM0D4loKWxJek", "{\"test\": 2432232314}"u8.ToArray(), DateTimeOffset.FromUnixTimeSeconds(1614265330));

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", headers.Single(h => h.Key == "webhook-signature").Value);
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(0, 1)]
    public void Sign_the_old_secret_signs_too_until_its_end(int ticks, int signatures)
    {
        var until = DateTimeOffset.UnixEpoch.AddDays(1);
        var webhook = Webhook(WebhookFormat.Standard, [1]) with { OldSecret = new byte[] { 2 }, OldSecretUntil = until };

        Assert.Equal(signatures, WebhookSignature.Sign(webhook, "a", Body, until.AddTicks(ticks)).Single(h => h.Key == "webhook-signature").Value.Split(' ').Length);
    }

    [Fact]
    public async Task Sign_standard_is_verified_by_the_standardwebhooks_package()
    {
        var secret = WebhookSecrets.Make(WebhookFormat.Standard);
        var headers = WebhookSignature.Sign(Webhook(WebhookFormat.Standard, secret), "msg_grid-1-2", Body, TimeProvider.System.GetUtcNow()).ToDictionary();
        const string Script = """
            const { Webhook } = require('standardwebhooks');
            const h = JSON.parse(process.env.HEADERS), body = process.env.BODY;
            console.log(JSON.stringify(new Webhook(process.env.SECRET).verify(body, h)));
            try { new Webhook(process.env.SECRET).verify(body + ' ', h); console.log('forged'); } catch (e) { console.log('refused'); }
            """;

        var (code, output) = await Programs.NodeAsync(
            Script, ["standardwebhooks"], ("SECRET", WebhookSecrets.Show(secret)), ("BODY", Encoding.UTF8.GetString(Body)), ("HEADERS", System.Text.Json.JsonSerializer.Serialize(headers)));

        Assert.Equal((0, Encoding.UTF8.GetString(Body) + "\nrefused\n"), (code, output));
    }

    [Fact]
    public async Task Sign_sendgrid_is_verified_by_its_own_package()
    {
        var secret = WebhookSecrets.Make(WebhookFormat.SendGrid);
        var headers = WebhookSignature.Sign(Webhook(WebhookFormat.SendGrid, secret), "id", Body, TimeProvider.System.GetUtcNow()).ToDictionary();
        const string Script = """
            const { EventWebhook, EventWebhookHeader } = require('@sendgrid/eventwebhook');
            const w = new EventWebhook(), key = w.convertPublicKeyToECDSA(process.env.KEY), h = JSON.parse(process.env.HEADERS);
            const sig = h[Object.keys(h).find(k => k.toLowerCase() === EventWebhookHeader.SIGNATURE().toLowerCase())];
            const ts = h[Object.keys(h).find(k => k.toLowerCase() === EventWebhookHeader.TIMESTAMP().toLowerCase())];
            console.log(w.verifySignature(key, process.env.BODY, sig, ts), w.verifySignature(key, process.env.BODY + ' ', sig, ts), w.verifySignature(key, process.env.BODY, sig, ts + '1'));
            """;

        var (code, output) = await Programs.NodeAsync(
            Script, ["@sendgrid/eventwebhook"], ("KEY", WebhookSecrets.ShowPublic(secret)), ("BODY", Encoding.UTF8.GetString(Body)), ("HEADERS", System.Text.Json.JsonSerializer.Serialize(headers)));

        Assert.Equal((0, "true false false\n"), (code, output));
    }

    private static Webhook Webhook(WebhookFormat format, byte[] secret) => new("acme", "main", "https://a.example/", OutcomeSet.All, format, secret, DateTimeOffset.UnixEpoch);
}
