using Grid.Core.Vocabulary;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace Grid.Mail.Sending;

/// <summary>MailKit's client, made to note every recipient's answer and to leave the message alone.</summary>
internal sealed class MailKitClient : SmtpClient
{
    private readonly Dictionary<MailboxAddress, SmtpReply> _refused = new(ReferenceEqualityComparer.Instance);

    /// <param name="peer">Judges the host's certificate.</param>
    public MailKitClient(string ehlo, PeerCheck peer)
    {
        LocalDomain = ehlo;
        CheckCertificateRevocation = false;
        ServerCertificateValidationCallback = peer.Judge;
        Peer = peer;
    }

    /// <summary>Who judged the host's certificate.</summary>
    public PeerCheck Peer { get; }

    /// <summary>The receiver has answered something of the transaction.</summary>
    public bool HasAnswer { get; private set; }

    /// <summary>Messages that the receiver took.</summary>
    public int Taken { get; private set; }

    /// <summary>What the receiver offers, as far as it decides whether a message can be carried.</summary>
    public SmtpExtensions Extensions => new()
    {
        EightBitMime = Capabilities.HasFlag(SmtpCapabilities.EightBitMime),
        SmtpUtf8 = Capabilities.HasFlag(SmtpCapabilities.UTF8),
        SizeLimitBytes = MaxSize,
    };

    /// <summary>Called the instant the final 250 was read.</summary>
    public Action? Accepted { private get; set; }

    /// <summary>The refusal of a recipient of this transaction; null where it was taken.</summary>
    public SmtpReply? RefusalOf(MailboxAddress recipient) => _refused.GetValueOrDefault(recipient);

    /// <summary>Forgets the last transaction's answers.</summary>
    public void Begin()
    {
        _refused.Clear();
        HasAnswer = false;
    }

    protected override void Prepare(FormatOptions options, MimeMessage message, EncodingConstraint constraint, int maxLineLength)
    {
        // Nothing: what was signed and accepted goes out as it is.
    }

    protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => HasAnswer = true;

    protected override void OnSenderNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        HasAnswer = true;
        base.OnSenderNotAccepted(message, mailbox, response);
    }

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        _refused[mailbox] = MailKitReplies.Of((int)response.StatusCode, response.Response);

    protected override void OnMessageSent(MessageSentEventArgs e)
    {
        Taken++;
        Accepted?.Invoke();
        base.OnMessageSent(e);
    }
}
