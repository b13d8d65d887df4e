using System.Globalization;
using System.Net;
using Grid.Core.Vocabulary;
using Grid.Grains.Ingress;
using Grid.Host.Api;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Options;
using Grid.Mail.Ingress;
using Grid.Mail.Mime;

namespace Grid.Host.Ingress;

/// <summary>
/// SMTP submission by tenants.
/// In: sessions with AUTH (user = tenant id, password = API key) or from a trusted network, and their messages. Out: mail kept, or the reason why not.
/// Guarantees: 250 is said after the durable commit; the same rules hold as over HTTP.
/// Fails: 535 wrong key; 550 5.7.1 the tenant may not send, with its state and clause, or its policy refuses the message, with every clause; 451 4.7.0 throttled, with when to try again;
/// 554 5.6.0 every fault of the message; 552 5.3.4 too large; 452 4.3.1 the store cannot write.
/// </summary>
public sealed class SubmissionGate(
    Doorkeeper doorkeeper, TenantDirectory directory, RawDrafter drafter, PolicyGate policies, Intake intake, IngressInstruments instruments, GridOptions options, TimeProvider clock) : ISmtpGate
{
    private static readonly SmtpServerReply NoTenant = new(530, "5.7.0", "Authentication required: user = tenant id, password = API key");
    private static readonly SmtpServerReply TryLater = new(454, "4.7.0", "Too many attempts with wrong credentials came from this address");
    private static readonly SmtpServerReply BadRecipient = new(553, "5.1.3", "The recipient must be an address with a domain name");

    /// <inheritdoc />
    public async ValueTask<SmtpSignIn> SignInAsync(string user, string password, IPAddress peer, CancellationToken cancellationToken = default)
    {
        var verdict = await doorkeeper.AdmitAsync(password, peer, cancellationToken);
        if (verdict.Caller is { Role: CallerRole.Tenant } caller && caller.Tenant == user)
        {
            return SmtpSignIn.As(caller.Tenant);
        }

        return verdict.Throttled ? SmtpSignIn.Refused(TryLater) : SmtpSignIn.Wrong();
    }

    /// <inheritdoc />
    public string? TrustedTenant(IPAddress peer) =>
        options.Submission.Trusted.Where(trusted => trusted.Network.Contains(peer)).MaxBy(trusted => trusted.Network.PrefixLength)?.Tenant;

    /// <inheritdoc />
    public async ValueTask<SmtpServerReply?> MailFromAsync(SmtpSession session, SmtpEnvelope envelope, CancellationToken cancellationToken = default)
    {
        if (session.Tenant is not { } tenant)
        {
            return NoTenant;
        }

        return await directory.FindAsync(tenant) is null ? new SmtpServerReply(550, "5.7.1", $"There is no tenant {tenant}") : null;
    }

    /// <inheritdoc />
    public ValueTask<SmtpServerReply?> RecipientAsync(SmtpSession session, SmtpEnvelope envelope, SmtpRecipient recipient, CancellationToken cancellationToken = default) =>
        new(EmailAddress.TryParse(recipient.Address, out _) ? null : BadRecipient);

    /// <inheritdoc />
    public async ValueTask<SmtpServerReply> MessageAsync(
        SmtpSession session, SmtpEnvelope envelope, ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        if (session.Tenant is not { } tenant || await directory.FindAsync(tenant) is not { } spec)
        {
            return NoTenant;
        }

        var faults = new Faults();
        var recipients = new RecipientList(options.Limits.MaxRecipients, faults);
        foreach (var recipient in envelope.Recipients)
        {
            if (EmailAddress.TryParse(recipient.Address, out var address))
            {
                recipients.Add(address, Notify(recipient), recipient.OriginalRecipient);
            }
        }

        var id = intake.NextId();
        var raw = new RawMessage(data, recipients)
        {
            OverSmtp = true,
            Utf8 = envelope.Utf8,
            RequireTls = envelope.RequireTls,
            Received = ReceivedHeader.Write(session, envelope, options.HostName, id, clock.GetUtcNow()),
        };
        var draft = await policies.JudgeAsync(tenant, spec, drafter.Draft(spec, raw, id, faults), whole: true, cancellationToken);
        if (draft is Draft.Ready ready)
        {
            var result = await intake.AcceptAsync(tenant, [Telling(ready.Submission, envelope)], null, cancellationToken);
            instruments.Count("smtp", result, 1);
            return Reply(result);
        }

        instruments.Refuse("smtp", draft switch { Draft.TooLarge => "tooLarge", Draft.Forbidden => "policy", _ => "invalid" }, 1);
        return draft switch
        {
            Draft.Faulty faulty => new(554, "5.6.0", "The message breaks rules: " + string.Join("; ", faulty.Errors.Select(Words))),
            Draft.Forbidden forbidden => new(550, "5.7.1", string.Create(
                CultureInfo.InvariantCulture, $"Policy {forbidden.Policy}, version {forbidden.PolicyVersion}, refuses the message: {string.Join("; ", forbidden.Errors.Select(Words))}")),
            Draft.TooLarge large => new(552, "5.3.4", string.Create(CultureInfo.InvariantCulture, $"The message is larger than {large.LimitBytes} bytes")),
            _ => throw new InvalidOperationException($"no draft {draft.GetType().Name}"),
        };
    }

    /// <summary>Who is told what becomes of it: nobody of mail from the null return path.</summary>
    private Submission Telling(Submission submission, SmtpEnvelope envelope)
    {
        var isAsked = (envelope.Return ?? envelope.EnvelopeId) is not null || envelope.Recipients.Any(recipient => (recipient.Notify ?? recipient.OriginalRecipient) is not null);
        return envelope.ReturnPath.Length == 0 || (!isAsked && options.Dsn.Unasked == DsnNotify.None) ? submission : submission with
        {
            // Of mail that needs TLS a report returns headers only, whatever was asked (RFC 8689).
            Dsn = new(envelope.ReturnPath, envelope.RequireTls && envelope.Return is not null ? "HDRS" : envelope.Return, envelope.EnvelopeId),
            NotifyByDefault = options.Dsn.Unasked,
            DelayToldAfter = options.Dsn.DelayAfter,
        };
    }

    private static DsnNotify? Notify(SmtpRecipient recipient) => recipient.Notify switch
    {
        null => null,
        "NEVER" => DsnNotify.None,
        var words => Enum.Parse<DsnNotify>(words, ignoreCase: true),
    };

    private static SmtpServerReply Reply(IntakeResult result) => result switch
    {
        IntakeResult.Accepted accepted => SmtpServerReply.Accepted((accepted.Messages[0].Recipients.Any(recipient => recipient.Status == "held") ? "Held for review as " : "Queued as ") + accepted.Messages[0].Id),
        IntakeResult.Refused { Refusal.State: "throttled" } throttled => new(451, "4.7.0", string.Create(
            CultureInfo.InvariantCulture,
            $"Throttled ({throttled.Refusal.Clause}): {throttled.Refusal.Words}; try again in {Math.Max(1, Math.Ceiling(throttled.RetryAfter.TotalSeconds))} s")),
        IntakeResult.Refused refused => new(550, "5.7.1", $"The tenant is {refused.Refusal.State} ({refused.Refusal.Clause}): {refused.Refusal.Words}"),
        IntakeResult.Unavailable unavailable => new(452, "4.3.1", unavailable.Words),
        _ => throw new InvalidOperationException($"no intake result {result.GetType().Name} without an idempotency key"),
    };

    private static string Words(FieldError error) => error.Clause is null ? $"{error.Field} {error.Message}" : $"{error.Field} {error.Message} ({error.Clause})";
}
