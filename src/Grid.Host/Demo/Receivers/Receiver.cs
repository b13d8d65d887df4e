using System.Net;
using Grid.Mail.Ingress;

namespace Grid.Host.Demo.Receivers;

/// <summary>
/// A mailbox provider that is simulated behind a real SMTP server. In: SMTP from sending IPs. Out: replies in a provider's own words.
/// Guarantees that mail for residents who exist is taken unless the provider has something against the sender. Keeps no mail.
/// </summary>
internal abstract class Receiver(string name, string domain, ReplyBook replies) : ISmtpGate
{
    private int _said;

    /// <summary>Name of the provider, as in the reply book.</summary>
    public string Name { get; } = name;

    /// <summary>Domain whose mail it takes.</summary>
    public string Domain { get; } = domain;

    /// <summary>Told the first time that a situation comes up, with the reply.</summary>
    public Action<Receiver, IPAddress, SmtpServerReply>? FirstTime { get; set; }

    /// <inheritdoc />
    public ValueTask<SmtpSignIn> SignInAsync(string user, string password, IPAddress peer, CancellationToken cancellationToken = default) => new(SmtpSignIn.Wrong());

    /// <inheritdoc />
    public string? TrustedTenant(IPAddress peer) => null;

    /// <inheritdoc />
    public ValueTask<SmtpServerReply?> MailFromAsync(SmtpSession session, SmtpEnvelope envelope, CancellationToken cancellationToken = default) =>
        new(Refuse(JudgeSender(session.Peer), session.Peer, ""));

    /// <inheritdoc />
    public ValueTask<SmtpServerReply?> RecipientAsync(SmtpSession session, SmtpEnvelope envelope, SmtpRecipient recipient, CancellationToken cancellationToken = default)
    {
        var situation = Residents.Of(recipient.Address) switch
        {
            Resident.Gone => Situation.UnknownUser,
            Resident.Closed => Situation.Disabled,
            Resident.Full => Situation.MailboxFull,
            Resident.Ordinary or Resident.Angry => JudgeRecipient(recipient.Address),
            var other => throw new InvalidOperationException($"no resident {other}"),
        };
        return new(Refuse(situation, session.Peer, recipient.Address));
    }

    /// <inheritdoc />
    public async ValueTask<SmtpServerReply> MessageAsync(
        SmtpSession session, SmtpEnvelope envelope, ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        await TakeAsync(session, envelope, data, cancellationToken);
        return replies.Next(Situation.Accepted, session.Peer, envelope.Recipients[0].Address);
    }

    /// <summary>What the provider has against a sending address; accepted for nothing.</summary>
    protected virtual Situation JudgeSender(IPAddress peer) => Situation.Accepted;

    /// <summary>What stands against a recipient who exists; accepted for nothing.</summary>
    protected virtual Situation JudgeRecipient(string address) => Situation.Accepted;

    /// <summary>What it does with a message before it accepts it.</summary>
    protected virtual ValueTask TakeAsync(SmtpSession session, SmtpEnvelope envelope, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private SmtpServerReply? Refuse(Situation situation, IPAddress peer, string address)
    {
        if (situation == Situation.Accepted)
        {
            return null;
        }

        var reply = replies.Next(situation, peer, address);
        var mark = 1 << (int)situation;
        if ((Interlocked.Or(ref _said, mark) & mark) == 0)
        {
            FirstTime?.Invoke(this, peer, reply);
        }

        return reply;
    }
}
