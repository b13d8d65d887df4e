using System.Text.Json;
using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>One outcome.</summary>
/// <param name="Id">Its place in the log.</param>
/// <param name="Type">delivered, deferred, bounced, expired, suppressed, cancelled, complained or unsubscribed.</param>
/// <param name="Reason">Why it was refused; absent where it wasn't.</param>
/// <param name="Hard">The address will never work; absent where nothing was refused.</param>
public sealed record EventBody(
    string Id,
    DateTimeOffset At,
    OutcomeKind Type,
    string MessageId,
    string Recipient,
    MailStream Stream,
    int? Attempt,
    ReplyBody? Reply,
    ReplyReason? Reason,
    bool? Hard,
    string? Clause)
{
    /// <summary>The message's campaign, where one was named.</summary>
    public string? Campaign { get; init; }

    /// <summary>The message's metadata, where some were given.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>What TLS the attempt went over; absent where it went without.</summary>
    public TlsBody? Tls { get; init; }

    public static EventBody Of(OutcomeRecord record)
    {
        var refused = record.Kind is OutcomeKind.Deferred or OutcomeKind.Bounced or OutcomeKind.Expired;
        return new(
            record.Position.ToString(System.Globalization.CultureInfo.InvariantCulture),
            record.At,
            record.Kind,
            record.Key.Message.ToString(),
            record.Address,
            record.Stream,
            record.Attempt == 0 ? null : record.Attempt,
            ReplyBody.Of(record.Reply),
            refused ? record.Reason : null,
            refused ? record.Hard : null,
            record.Clause)
        {
            Tls = TlsBody.Of(record.Tls),
        };
    }
}
