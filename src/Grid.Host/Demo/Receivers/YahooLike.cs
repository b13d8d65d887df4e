using System.Net;
using Grid.Mail.Ingress;

namespace Grid.Host.Demo.Receivers;

/// <summary>Puts off one message in 150 of an address that sends much, with [TSS04]; sends complaints of its residents to the feedback loop.</summary>
internal sealed class YahooLike(string domain, ReplyBook replies, Action<Complaint> complain) : Receiver("yahoo", domain, replies)
{
    /// <summary>Messages of an address before it is looked at.</summary>
    public const int Unnoticed = 300;

    /// <summary>Then of so many one is put off.</summary>
    public const int DeferOneIn = 150;

    private readonly PeerTable<Tally> _messages = new(() => new());

    protected override Situation JudgeSender(IPAddress peer)
    {
        var count = _messages.With(peer, tally => ++tally.Count);
        return count > Unnoticed && count % DeferOneIn == 0 ? Situation.Deferred : Situation.Accepted;
    }

    protected override ValueTask TakeAsync(SmtpSession session, SmtpEnvelope envelope, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        foreach (var recipient in envelope.Recipients)
        {
            if (Residents.Of(recipient.Address) == Resident.Angry)
            {
                complain(new(envelope.ReturnPath, recipient.Address, session.Peer, data));
            }
        }

        return ValueTask.CompletedTask;
    }
}
