namespace Grid.Core.Vocabulary;

/// <summary>Where a tenant wants its outcomes sent.</summary>
/// <param name="Name">The tenant's own name for it.</param>
/// <param name="Url">Checked when it was given; the address that it leads to is checked at each delivery.</param>
/// <param name="Events">The kinds of outcomes that are sent.</param>
/// <param name="Secret">What signs: the shared secret, or the private key in PKCS #8, as the format has it.</param>
public sealed record Webhook(string Tenant, string Name, string Url, OutcomeSet Events, WebhookFormat Format, ReadOnlyMemory<byte> Secret, DateTimeOffset CreatedAt)
{
    /// <summary>The secret before this one, which signs too until <see cref="OldSecretUntil"/>.</summary>
    public ReadOnlyMemory<byte>? OldSecret { get; init; }

    /// <summary>End of the old secret.</summary>
    public DateTimeOffset? OldSecretUntil { get; init; }

    /// <summary>Since when nothing is sent; null while it is active.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Why it is paused.</summary>
    public string? PauseReason { get; init; }
}
