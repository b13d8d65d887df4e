using System.Text.Json;

namespace Grid.Client;

/// <summary>An outcome.</summary>
/// <param name="Id">The cursor after which to go on.</param>
/// <param name="Type">delivered, deferred, bounced, expired, suppressed, cancelled, complained or unsubscribed.</param>
public sealed record MailEvent(string Id, DateTimeOffset At, string Type, string MessageId, string Recipient)
{
    public string? Reason { get; init; }

    public bool? Hard { get; init; }

    public string? Campaign { get; init; }

    public JsonElement? Metadata { get; init; }
}
