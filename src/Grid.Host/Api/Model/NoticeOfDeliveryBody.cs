using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>What the sender was told of a recipient by mail, of a message that came over SMTP (RFC 3461).</summary>
/// <param name="Action">failed, delayed, delivered, relayed or expanded.</param>
/// <param name="At">When it happened; of a delay, when it is told.</param>
/// <param name="State">due, sent, overtaken (it came to its end before), foreignReturnPath (MAIL FROM is in none of the sending domains), overLimit or undeliverable.</param>
public sealed record NoticeOfDeliveryBody(DsnAction Action, DateTimeOffset At, DsnState State)
{
    public static NoticeOfDeliveryBody Of(DsnNotice notice) => new(notice.Action, notice.At, notice.State);
}
