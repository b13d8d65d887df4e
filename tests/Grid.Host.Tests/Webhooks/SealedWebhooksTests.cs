using System.Security.Cryptography;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Model;
using Grid.Host.Ingress;
using Grid.Host.Webhooks;

namespace Grid.Host.Tests.Webhooks;

public sealed class SealedWebhooksTests
{
    private static readonly KeySeal Seal = new(new byte[32]);

    [Theory]
    [InlineData(WebhookFormat.Standard)]
    [InlineData(WebhookFormat.SendGrid)]
    public async Task Put_keeps_no_secret_as_it_is_and_gives_it_back(WebhookFormat format)
    {
        await using var scene = new RunnerScene();
        await scene.OpenAsync();
        var webhooks = new SealedWebhooks(scene.Store.Webhooks, Seal);
        var (secret, old) = (WebhookSecrets.Make(format), WebhookSecrets.Make(format));

        await webhooks.PutAsync(scene.Webhook with { Format = format, Secret = secret, OldSecret = old });

        var kept = (await scene.Store.Webhooks.FindAsync("acme", "main"))!;
        Assert.Equal(-1, kept.Secret.Span.IndexOf(secret.AsSpan(0, 16)));
        Assert.Equal(-1, kept.OldSecret!.Value.Span.IndexOf(old.AsSpan(0, 16)));
        foreach (var found in new[] { (await webhooks.FindAsync("acme", "main"))!, (await webhooks.ListAsync("acme")).Single(), (await webhooks.ListAsync("", "", 10)).Single() })
        {
            Assert.Equal(secret, found.Secret.ToArray());
            Assert.Equal(old, found.OldSecret!.Value.ToArray());
            Assert.Null(found.PausedAt);
        }
    }

    [Fact]
    public async Task SealAll_seals_what_was_kept_as_it_was_once()
    {
        await using var scene = new RunnerScene();
        await scene.OpenAsync(webhook => webhook with { Secret = RandomNumberGenerator.GetBytes(32) });
        var webhooks = new SealedWebhooks(scene.Store.Webhooks, Seal);

        await webhooks.SealAllAsync(default);
        var first = (await scene.Store.Webhooks.FindAsync("acme", "main"))!.Secret.ToArray();
        await webhooks.SealAllAsync(default);

        Assert.True(SealedWebhooks.IsSealed(first));
        Assert.Equal(first, (await scene.Store.Webhooks.FindAsync("acme", "main"))!.Secret.ToArray());
        Assert.Equal(scene.Webhook.Secret.ToArray(), (await webhooks.FindAsync("acme", "main"))!.Secret.ToArray());
    }

    [Theory]
    [InlineData(WebhookFormat.Standard)]
    [InlineData(WebhookFormat.SendGrid)]
    public async Task Secret_that_cannot_be_opened_signs_nothing_and_is_not_lost(WebhookFormat format)
    {
        await using var scene = new RunnerScene();
        await scene.OpenAsync(webhook => webhook with { Format = format, Secret = WebhookSecrets.Make(format) });
        await new SealedWebhooks(scene.Store.Webhooks, Seal).SealAllAsync(default);
        var other = new SealedWebhooks(scene.Store.Webhooks, new(RandomNumberGenerator.GetBytes(32)));

        var found = (await other.FindAsync("acme", "main"))!;
        Assert.Equal(SealedWebhooks.Lost, found.PauseReason);
        Assert.Equal("paused", WebhookBody.Of(found, null, RunnerScene.Start).State);

        // Resumed, and still it can't be opened; with the seal of before it can.
        await other.PutAsync(found with { PausedAt = null, PauseReason = null });
        Assert.NotNull((await other.FindAsync("acme", "main"))!.PausedAt);
        var again = (await new SealedWebhooks(scene.Store.Webhooks, Seal).FindAsync("acme", "main"))!;
        Assert.Equal(scene.Webhook.Secret.ToArray(), again.Secret.ToArray());
        Assert.Null(again.PausedAt);
    }

    [Fact]
    public async Task Secret_of_another_webhook_does_not_open()
    {
        await using var scene = new RunnerScene();
        await scene.OpenAsync();
        var webhooks = new SealedWebhooks(scene.Store.Webhooks, Seal);
        await webhooks.SealAllAsync(default);
        var kept = (await scene.Store.Webhooks.FindAsync("acme", "main"))!;

        await scene.Store.Webhooks.PutAsync(kept with { Name = "copy" });

        Assert.Equal(SealedWebhooks.Lost, (await webhooks.FindAsync("acme", "copy"))!.PauseReason);
    }
}
