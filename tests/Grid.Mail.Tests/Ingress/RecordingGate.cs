using System.Net;
using Grid.Mail.Ingress;

namespace Grid.Mail.Tests.Ingress;

/// <summary>A gate that accepts all but what a test tells it to refuse, and keeps what it got.</summary>
internal sealed class RecordingGate : ISmtpGate
{
    public List<(SmtpEnvelope Envelope, byte[] Data)> Messages { get; } = [];

    public Dictionary<string, SmtpServerReply> Refusals { get; } = [];

    public string? Trusted { get; set; }

    public Exception? Failure { get; set; }

    public SmtpSession? LastSession { get; private set; }

    public Func<ValueTask>? BeforeCommit { get; set; }

    public ValueTask<SmtpSignIn> SignInAsync(string user, string password, IPAddress peer, CancellationToken cancellationToken = default) =>
        new((user, password) == ("acme", "key-1") ? SmtpSignIn.As("acme") : SmtpSignIn.Wrong());

    /// <summary>Whose trust was asked for last.</summary>
    public IPAddress? AskedFor { get; private set; }

    public string? TrustedTenant(IPAddress peer)
    {
        AskedFor = peer;
        return Trusted;
    }

    public ValueTask<SmtpServerReply?> MailFromAsync(SmtpSession session, SmtpEnvelope envelope, CancellationToken cancellationToken = default)
    {
        LastSession = session;
        return new(Refusals.GetValueOrDefault(envelope.ReturnPath));
    }

    public ValueTask<SmtpServerReply?> RecipientAsync(SmtpSession session, SmtpEnvelope envelope, SmtpRecipient recipient, CancellationToken cancellationToken = default) =>
        new(Refusals.GetValueOrDefault(recipient.Address));

    public async ValueTask<SmtpServerReply> MessageAsync(SmtpSession session, SmtpEnvelope envelope, ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        if (BeforeCommit is not null)
            await BeforeCommit();

        if (Failure is not null)
            throw Failure;

        Messages.Add((envelope, data.ToArray()));
        return SmtpServerReply.Accepted($"Ok: queued as {Messages.Count}");
    }
}
