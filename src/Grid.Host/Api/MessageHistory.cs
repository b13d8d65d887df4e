using System.Text.Json;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Queue;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>What has become of a tenant's message, and its withdrawal. Other tenants' messages don't exist here.</summary>
internal static class MessageHistory
{
    /// <summary>A message's state is the first of these that one of its recipients has.</summary>
    private static readonly string[] Precedence = ["held", "queued", "deferred", "complained", "bounced", "expired", "cancelled", "suppressed", "delivered"];

    public static async Task<IResult> Get(string id, HttpContext context, ISpool spool, IDsnNotices notices, IGrainFactory grains) =>
        await FindAsync(id, context, spool) is { } message
            ? Answer.Json(Show(message, await notices.OfAsync(message.Id, context.RequestAborted), await HoldOnMessage.OfAsync(grains, message)), ApiJson.Default.MessageBody)
            : NoSuch(id);

    public static async Task<IResult> Cancel(string id, HttpContext context, ISpool spool, QueueControl queue)
    {
        if (await FindAsync(id, context, spool) is not { } message)
        {
            return NoSuch(id);
        }

        var cancelled = await queue.CancelMessageAsync(message.Id, context.RequestAborted);
        return Answer.Json(new CancelledBody(message.Id.ToString(), cancelled), ApiJson.Default.CancelledBody);
    }

    /// <summary>A message as it is shown.</summary>
    public static MessageBody Show(StoredMessage message, IReadOnlyList<DsnNotice>? notices = null, MessageHoldBody? hold = null)
    {
        var live = message.Live.ToDictionary(envelope => envelope.Key.Recipient);
        var history = message.History.ToLookup(record => record.Key.Recipient);
        var told = notices?.ToLookup(notice => notice.Key.Recipient);
        var recipients = live.Keys.Union(history.Select(group => group.Key)).Order()
            .Select(index => Show(live.GetValueOrDefault(index), [.. history[index]], hold) with { Notices = told?[index].Select(NoticeOfDeliveryBody.Of).ToArray() is { Length: > 0 } some ? some : null }).ToArray();
        var details = message.Details is null ? null : JsonSerializer.Deserialize(message.Details, ApiJson.Default.MessageDetails);
        return new(
            message.Id.ToString(),
            Precedence.FirstOrDefault(state => recipients.Any(recipient => recipient.State == state), "queued"),
            message.AcceptedAt,
            message.Stream,
            message.Campaign,
            details?.From,
            details?.Subject,
            details?.Metadata,
            recipients)
        {
            Hold = hold,
        };
    }

    private static MessageRecipientBody Show(Envelope? live, IReadOnlyList<OutcomeRecord> records, MessageHoldBody? hold) => new(
        live?.Address ?? records[0].Address,
        live is null ? StateOf(records) : IsHeld(live, hold) ? "held" : live.Attempts > 0 ? "deferred" : "queued",
        Math.Max(live?.Attempts ?? 0, records.Select(record => record.Attempt).DefaultIfEmpty().Max()),
        ReplyBody.Of(records.LastOrDefault(record => record.Reply is not null)?.Reply),
        live is null || IsHeld(live, hold) ? null : live.DueAt,
        [.. records.Select(EventBody.Of)]);

    /// <summary>For review, or while other mail of its tenant goes.</summary>
    private static bool IsHeld(Envelope live, MessageHoldBody? hold) => live.IsHeld || hold is { Scope: not HoldOnMessage.Tenant };

    /// <summary>The last outcome, but that an unsubscription leaves a delivery what it was.</summary>
    private static string StateOf(IReadOnlyList<OutcomeRecord> records) =>
        (records.LastOrDefault(record => record.Kind != OutcomeKind.Unsubscribed)?.Kind ?? OutcomeKind.Delivered) switch
        {
            OutcomeKind.Delivered or OutcomeKind.Unsubscribed => "delivered",
            OutcomeKind.Deferred => "deferred",
            OutcomeKind.Bounced => "bounced",
            OutcomeKind.Expired => "expired",
            OutcomeKind.Suppressed => "suppressed",
            OutcomeKind.Cancelled => "cancelled",
            OutcomeKind.Complained => "complained",
            var kind => throw new InvalidOperationException($"no outcome {kind}"),
        };

    private static async ValueTask<StoredMessage?> FindAsync(string id, HttpContext context, ISpool spool) =>
        MessageId.TryParse(id, out var parsed)
        && await spool.FindAsync(parsed, context.RequestAborted) is { } message
        && message.Tenant == Caller.TenantOf(context)
            ? message
            : null;

    private static Problem NoSuch(string id) => Problem.NotFound($"There is no message '{id}'.");
}
