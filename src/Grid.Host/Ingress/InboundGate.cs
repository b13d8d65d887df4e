using System.Net;
using Grid.Core.Feedback;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Feedback;
using Grid.Host.Options;
using Grid.Mail.Ingress;

namespace Grid.Host.Ingress;

/// <summary>
/// SMTP for what comes back.
/// In: mail to return paths (<c>b+TOKEN</c>) with a token of ours, and to fbl, abuse and postmaster of the inbound domain. Out: complaints and bounces counted.
/// Guarantees: 250 is said when what the report changes is durable and judged; nothing is relayed; a report is believed for the message
/// whose token it brings, as only who has seen that message can have it.
/// Fails: 550 5.1.1 for any other recipient; 554 5.6.0 for a letter that is no report about mail of ours; 452 4.3.1 while the store cannot write.
/// </summary>
public sealed class InboundGate(ReturnPaths paths, FeedbackIntake feedback, GridOptions options) : ISmtpGate
{
    private static readonly string[] Roles = ["fbl", "abuse", "postmaster"];
    private static readonly SmtpServerReply NoSuchUser = new(550, "5.1.1", "No such address here");

    /// <inheritdoc />
    public ValueTask<SmtpSignIn> SignInAsync(string user, string password, IPAddress peer, CancellationToken cancellationToken = default) => new(SmtpSignIn.Wrong());

    /// <inheritdoc />
    public string? TrustedTenant(IPAddress peer) => null;

    /// <inheritdoc />
    public ValueTask<SmtpServerReply?> MailFromAsync(SmtpSession session, SmtpEnvelope envelope, CancellationToken cancellationToken = default) => new((SmtpServerReply?)null);

    /// <inheritdoc />
    public ValueTask<SmtpServerReply?> RecipientAsync(SmtpSession session, SmtpEnvelope envelope, SmtpRecipient recipient, CancellationToken cancellationToken = default) =>
        new(IsRole(recipient.Address) || paths.TryRead(recipient.Address, out _) ? null : NoSuchUser);

    /// <inheritdoc />
    public async ValueTask<SmtpServerReply> MessageAsync(
        SmtpSession session, SmtpEnvelope envelope, ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        var understood = false;
        try
        {
            foreach (var recipient in envelope.Recipients)
            {
                var isReturnPath = paths.TryRead(recipient.Address, out var reference);
                var read = await feedback.TakeAsync(data, isReturnPath ? reference : null, "grid", dryRun: false, cancellationToken);
                understood |= isReturnPath || read.Matched;
            }
        }
        catch (StoreUnavailableException unavailable)
        {
            return new(452, "4.3.1", unavailable.Message);
        }

        return understood
            ? SmtpServerReply.Accepted("Thank you")
            : new(554, "5.6.0", "This is no report about a message that was sent from here");
    }

    private bool IsRole(string address)
    {
        var at = address.LastIndexOf('@');
        return at < 0
            ? address.Equals("postmaster", StringComparison.OrdinalIgnoreCase)
            : address.AsSpan(at + 1).Equals(options.Inbound.Domain, StringComparison.OrdinalIgnoreCase)
                && Roles.Any(role => address.AsSpan(0, at).Equals(role, StringComparison.OrdinalIgnoreCase));
    }
}
