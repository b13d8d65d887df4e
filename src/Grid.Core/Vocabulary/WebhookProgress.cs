namespace Grid.Core.Vocabulary;

/// <summary>How far a webhook has got in this owner's outcome log, and how its last attempts went.</summary>
/// <param name="Position">Everything up to here has been taken by the receiver, or is not wanted by the webhook.</param>
public sealed record WebhookProgress(string Tenant, string Name, long Position)
{
    /// <summary>End of a batch that was attempted and is to be repeated as it was; 0 without one.</summary>
    public long Through { get; init; }

    /// <summary>Attempts of that batch.</summary>
    public int Attempts { get; init; }

    /// <summary>First failure since the last success; null while all is well.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Not before this is it tried again; null: at once.</summary>
    public DateTimeOffset? NextAt { get; init; }

    public DateTimeOffset? LastSuccessAt { get; init; }

    public DateTimeOffset? LastFailureAt { get; init; }

    /// <summary>What went wrong last, at most 300 characters.</summary>
    public string? LastError { get; init; }
}
