namespace Grid.Host.Webhooks;

/// <summary>How a delivery came out: a closed set.</summary>
public abstract record WebhookAnswer
{
    private WebhookAnswer()
    {
    }

    /// <summary>The receiver answered 2xx.</summary>
    public sealed record Taken : WebhookAnswer;

    /// <summary>Not taken; to be tried again.</summary>
    /// <param name="RetryAfter">How long the receiver asked to be left alone.</param>
    public sealed record Failed(string Words, TimeSpan? RetryAfter = null) : WebhookAnswer;

    /// <summary>The receiver answered 410: it wants no more of this.</summary>
    public sealed record Gone : WebhookAnswer;
}
