using System.Text.Json;
using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>A message and what has become of it.</summary>
/// <param name="State">The state of its recipients: the one furthest from done, and among those done the worst.</param>
public sealed record MessageBody(
    string Id,
    string State,
    DateTimeOffset AcceptedAt,
    MailStream Stream,
    string? Campaign,
    string? From,
    string? Subject,
    JsonElement? Metadata,
    IReadOnlyList<MessageRecipientBody> Recipients)
{
    /// <summary>The suspension that keeps what is queued of it from going; absent where there is none.</summary>
    public MessageHoldBody? Hold { get; init; }
}
