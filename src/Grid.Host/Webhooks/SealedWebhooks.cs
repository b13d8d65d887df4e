using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Ingress;

namespace Grid.Host.Webhooks;

/// <summary>
/// Webhooks whose secrets are encrypted in the store.
/// In: webhooks with their secrets. Out: the same. Guarantees that what is kept is sealed, each for its own webhook only, and that a
/// secret which can't be opened is kept as it is and signs nothing.
/// Fails: such a webhook is paused and says why, until the secret that sealed it is back or a new one is made.
/// </summary>
public sealed class SealedWebhooks(IWebhooks store, KeySeal seal) : IWebhooks
{
    /// <summary>Why a webhook whose secret can't be opened is paused.</summary>
    public const string Lost = "its secret was sealed under another Grid:Dkim:Secret: make a new one (POST …/secret)";

    private const int Page = 500;

    /// <summary>No shorter than this: the seal adds 29 bytes to the 32 of a shared secret.</summary>
    private const int MinSealedBytes = 61;

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<Webhook>> ListAsync(string afterTenant, string afterName, int limit, CancellationToken cancellationToken = default) =>
        [.. (await store.ListAsync(afterTenant, afterName, limit, cancellationToken)).Select(Open)];

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<Webhook>> ListAsync(string tenant, CancellationToken cancellationToken = default) =>
        [.. (await store.ListAsync(tenant, cancellationToken)).Select(Open)];

    /// <inheritdoc />
    public async ValueTask<Webhook?> FindAsync(string tenant, string name, CancellationToken cancellationToken = default) =>
        await store.FindAsync(tenant, name, cancellationToken) is { } found ? Open(found) : null;

    /// <inheritdoc />
    public ValueTask PutAsync(Webhook webhook, CancellationToken cancellationToken = default) =>
        store.PutAsync(
            webhook with
            {
                Secret = Seal(webhook, webhook.Secret),
                OldSecret = webhook.OldSecret is { } old ? Seal(webhook, old) : null,
                PausedAt = webhook.PauseReason == Lost ? null : webhook.PausedAt,
                PauseReason = webhook.PauseReason == Lost ? null : webhook.PauseReason,
            },
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> RemoveAsync(string tenant, string name, CancellationToken cancellationToken = default) => store.RemoveAsync(tenant, name, cancellationToken);

    /// <inheritdoc />
    public ValueTask<WebhookProgress?> ReadProgressAsync(string tenant, string name, CancellationToken cancellationToken = default) => store.ReadProgressAsync(tenant, name, cancellationToken);

    /// <inheritdoc />
    public ValueTask WriteProgressAsync(WebhookProgress progress, CancellationToken cancellationToken = default) => store.WriteProgressAsync(progress, cancellationToken);

    /// <summary>Seals what an earlier version kept as it was.</summary>
    public async ValueTask SealAllAsync(CancellationToken cancellationToken)
    {
        var (tenant, name) = ("", "");
        IReadOnlyList<Webhook> page;
        do
        {
            page = await store.ListAsync(tenant, name, Page, cancellationToken);
            foreach (var webhook in page)
            {
                (tenant, name) = (webhook.Tenant, webhook.Name);
                if (!IsSealed(webhook.Secret.Span) || (webhook.OldSecret is { } old && !IsSealed(old.Span)))
                {
                    await PutAsync(webhook, cancellationToken);
                }
            }
        }
        while (page.Count == Page);
    }

    /// <summary>A private key in PKCS #8 begins with 0x30, and a shared secret is shorter.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> secret) => secret.Length >= MinSealedBytes && secret[0] == KeySeal.Version;

    private Webhook Open(Webhook webhook)
    {
        var secret = Open(webhook, webhook.Secret);
        return webhook with
        {
            Secret = secret ?? webhook.Secret,
            OldSecret = webhook.OldSecret is { } old ? Open(webhook, old) : null,
            PausedAt = secret is null ? webhook.PausedAt ?? webhook.CreatedAt : webhook.PausedAt,
            PauseReason = secret is null ? Lost : webhook.PauseReason,
        };
    }

    private ReadOnlyMemory<byte>? Open(Webhook webhook, ReadOnlyMemory<byte> secret) =>
        !IsSealed(secret.Span) ? secret : seal.TryOpen(secret.Span, NameOf(webhook), out var opened) ? opened : (ReadOnlyMemory<byte>?)null;

    private ReadOnlyMemory<byte> Seal(Webhook webhook, ReadOnlyMemory<byte> secret) => IsSealed(secret.Span) ? secret : seal.Seal(secret.Span, NameOf(webhook));

    private static string NameOf(Webhook webhook) => $"webhook/{webhook.Tenant}/{webhook.Name}";
}
