using Grid.Core.Vocabulary;
using Grid.Mail.Feedback;
using Grid.Mail.Mime;

namespace Grid.Host.Feedback;

/// <summary>Reads out of a message's history what a report says of a recipient.</summary>
internal static class DsnReading
{
    private const string Unknown = "4.0.0";

    /// <summary>What a notice tells.</summary>
    public static ReportedRecipient Of(DsnNotice notice, StoredMessage message, DsnWishes wishes)
    {
        var live = message.Live.FirstOrDefault(envelope => envelope.Key == notice.Key);
        var record = message.History.LastOrDefault(one => one.Key == notice.Key && IsOf(notice.Action, one.Kind));
        var address = live?.Address ?? message.History.FirstOrDefault(one => one.Key == notice.Key)?.Address ?? "";
        return new(address, notice.Action, Status(notice, record))
        {
            Original = wishes.For(notice.Key.Recipient).Original,
            Reply = notice.Said is { } said ? said.Split(' ', 2) is [_, var words] ? words : null : record?.Reply is { Code: > 0 } reply ? reply.ToString() : null,
            Words = notice.Said is null ? Words(record) : null,
            RemoteMta = notice.Said is null && record is { Site.Length: > 0, Reply.Code: > 0 } && Options.OptionTexts.TryDomain(record.Site, out var host) ? host : null,
            TriedAt = record is { Attempt: > 0 } ? record.At : null,
            TriedUntil = live is { IsHeld: false } ? live.ExpiresAt : null,
        };
    }

    /// <summary>The Message-ID of a message, with its angle brackets; empty where it has none.</summary>
    public static string MessageId(ReadOnlyMemory<byte> message) => MessageReader.Read(message).Header("Message-ID")?.Value.Trim() ?? "";

    private static bool IsOf(DsnAction action, OutcomeKind kind) => action switch
    {
        DsnAction.Failed => kind is OutcomeKind.Bounced or OutcomeKind.Expired or OutcomeKind.Suppressed,
        DsnAction.Delayed => kind == OutcomeKind.Deferred,
        DsnAction.Delivered or DsnAction.Relayed or DsnAction.Expanded => kind == OutcomeKind.Delivered,
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "no such action"),
    };

    /// <summary>RFC 3463. What is said of it, where that fits the action; else the action's own.</summary>
    private static string Status(DsnNotice notice, OutcomeRecord? record) => notice switch
    {
        { Said: { } said } => said.Split(' ', 2)[0],
        { Action: DsnAction.Relayed } => "2.1.9",
        { Action: DsnAction.Delivered or DsnAction.Expanded } => "2.0.0",
        { Action: DsnAction.Delayed } => record?.Reply?.Enhanced is ['4', ..] late ? late : Unknown,
        _ => record switch
        {
            { Kind: OutcomeKind.Expired } => "4.4.7",
            { Kind: OutcomeKind.Suppressed } => "5.7.1",
            { Reply.Enhanced: ['5', ..] given } => given,
            _ => "5.0.0",
        },
    };

    private static string? Words(OutcomeRecord? record) => record switch
    {
        { Kind: OutcomeKind.Suppressed } => $"the address is suppressed ({record.Clause})",
        { Reply: { Code: 0, Text.Length: > 0 } own } => own.Text,
        _ => null,
    };
}
