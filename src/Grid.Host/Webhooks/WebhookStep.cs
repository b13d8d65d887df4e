namespace Grid.Host.Webhooks;

/// <summary>What a webhook waits for next: a closed set.</summary>
internal abstract record WebhookStep
{
    private WebhookStep()
    {
    }

    /// <summary>Nothing; there may be more to send.</summary>
    public sealed record GoOn : WebhookStep;

    /// <summary>An outcome of its tenant.</summary>
    public sealed record Idle : WebhookStep;

    /// <summary>The time of the next attempt.</summary>
    public sealed record Until(DateTimeOffset At) : WebhookStep;

    /// <summary>Somebody to resume it.</summary>
    public sealed record Paused : WebhookStep;
}
