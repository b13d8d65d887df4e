namespace Grid.Core.Vocabulary;

/// <summary>One destination of a report.</summary>
/// <param name="Uri">mailto: or https:, as the domain's record has it.</param>
/// <param name="State">"waiting", "sent" or "failed".</param>
/// <param name="DueAt">Not before this is it tried.</param>
public sealed record TlsReportDelivery(string Report, string Uri, string State, DateTimeOffset DueAt)
{
    public const string Waiting = "waiting";
    public const string Sent = "sent";
    public const string Failed = "failed";

    public int Attempts { get; init; }

    /// <summary>When it was sent, or given up.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What went wrong last.</summary>
    public string? LastError { get; init; }

    /// <summary>The mail that carries it; null over https.</summary>
    public MessageId? Message { get; init; }
}
