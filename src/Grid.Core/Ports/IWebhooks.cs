using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>Tenants' webhooks, and how far this owner's outcome log has been sent to each. Writes are durable when their tasks complete.</summary>
public interface IWebhooks
{
    /// <summary>All of them, in order of tenant and name, after the given one (two empty strings for the first page).</summary>
    ValueTask<IReadOnlyList<Webhook>> ListAsync(string afterTenant, string afterName, int limit, CancellationToken cancellationToken = default);

    /// <summary>A tenant's, in order of name.</summary>
    ValueTask<IReadOnlyList<Webhook>> ListAsync(string tenant, CancellationToken cancellationToken = default);

    /// <summary>Null when there is none.</summary>
    ValueTask<Webhook?> FindAsync(string tenant, string name, CancellationToken cancellationToken = default);

    /// <summary>Adds or replaces.</summary>
    ValueTask PutAsync(Webhook webhook, CancellationToken cancellationToken = default);

    /// <summary>Removes it with its progress; false when there was none.</summary>
    ValueTask<bool> RemoveAsync(string tenant, string name, CancellationToken cancellationToken = default);

    /// <summary>Null where this owner has sent it nothing yet.</summary>
    ValueTask<WebhookProgress?> ReadProgressAsync(string tenant, string name, CancellationToken cancellationToken = default);

    /// <summary>Adds or replaces this owner's progress; nothing where the webhook is gone.</summary>
    ValueTask WriteProgressAsync(WebhookProgress progress, CancellationToken cancellationToken = default);
}
