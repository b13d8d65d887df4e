using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Grid.Contracts.Enforcement;
using Grid.Core.Feedback;
using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Ingress;
using Grid.Host.Api.Model;
using Grid.Host.Ingress;
using Grid.Host.Options;

namespace Grid.Host.Feedback;

/// <summary>
/// Double opt-in. In: an address that a tenant's form was given; later the link of the mail to it. Out: a mail, sent through the grid as any other;
/// then a consent record. Guarantees: looking at the link records nothing; a link reads for <see cref="ValidFor"/> and only as it was made; at most
/// <see cref="MaxMails"/> mails for an address and topic while it does, <see cref="Between"/> apart, so that nobody's mailbox is flooded; a
/// confirmed consent ends an earlier unsubscription from the tenant. Fails: with a <see cref="ConfirmationAnswer"/> that says why.
/// </summary>
public sealed class ConfirmationDesk(
    IConsents consents, ISuppressions suppressions, ConsentBook book, MessageDrafter drafter, Intake intake, ConfirmationToken tokens, GridOptions options, TimeProvider clock)
{
    /// <summary>How long a link can be confirmed.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromDays(7);

    /// <summary>Time between two mails.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(10);

    /// <summary>Mails for an address and topic within <see cref="ValidFor"/>.</summary>
    public const int MaxMails = 3;

    private const int IdBytes = 16;

    // One at a time for an address, so that requests at once don't each find that nothing was sent.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Asks a recipient by mail.</summary>
    /// <param name="asked">Recipient, topic, list, source and notice; the rest is filled in.</param>
    public async ValueTask<ConfirmationAnswer> AskAsync(TenantSpec tenant, string from, Confirmation asked, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)HashCode.Combine(asked.Tenant, asked.Address) % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await AskInTurnAsync(tenant, from, asked, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async ValueTask<ConfirmationAnswer> AskInTurnAsync(TenantSpec tenant, string from, Confirmation asked, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await suppressions.FindAsync(asked.Tenant, asked.Address, MailStream.Transactional, cancellationToken) is { } suppression)
        {
            return new ConfirmationAnswer.Suppressed(suppression.Reason);
        }

        var before = await consents.AskedAsync(asked.Tenant, asked.Address, asked.Topic, cancellationToken) is { } known && known.ExpiresAt > now ? known : null;
        if (before is { ConfirmedAt: null } && (before.Sent >= MaxMails || now - before.SentAt < Between))
        {
            return new ConfirmationAnswer.TooOften((before.Sent >= MaxMails ? before.ExpiresAt : before.SentAt + Between) - now);
        }

        var again = before is { ConfirmedAt: null };
        var id = intake.NextId();
        asked = asked with
        {
            Id = again ? before!.Id : Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)),
            AskedAt = again ? before!.AskedAt : now,
            SentAt = now,
            Sent = again ? before!.Sent + 1 : 1,
            Message = id,
            ExpiresAt = again ? before!.ExpiresAt : now + ValidFor,
        };
        switch (drafter.FromFields(tenant, Mail(tenant, from, asked), id))
        {
            case Draft.Ready ready:
                // Written down first: what was sent is known, and counts.
                await consents.AskAsync(asked, cancellationToken);
                var result = await intake.AcceptAsync(asked.Tenant, [ready.Submission], null, cancellationToken);
                return result is IntakeResult.Accepted ? new ConfirmationAnswer.Sent(asked) : new ConfirmationAnswer.NotTaken(result);
            case Draft.Faulty faulty:
                return new ConfirmationAnswer.Faulty(faulty.Errors);
            default:
                return new ConfirmationAnswer.Faulty([new("from", "no mail can be made of it")]);
        }
    }

    /// <summary>What a link is about; null for one that isn't ours, has expired, or was replaced.</summary>
    public async ValueTask<Confirmation?> ReadAsync(string token, CancellationToken cancellationToken) =>
        tokens.TryRead(token, out var id) && await consents.AskedAsync(id, cancellationToken) is { } asked && asked.ExpiresAt > clock.GetUtcNow() ? asked : null;

    /// <summary>The recipient agrees. A repeat changes nothing.</summary>
    public async ValueTask ConfirmAsync(Confirmation asked, string? ip, CancellationToken cancellationToken)
    {
        if (asked.ConfirmedAt is not null)
        {
            return;
        }

        var now = clock.GetUtcNow();
        await consents.ConfirmAsync(
            asked.Id,
            new()
            {
                Tenant = asked.Tenant,
                Address = asked.Address,
                Topic = asked.Topic,
                Method = "double-opt-in",
                At = now,
                Ip = ip,
                Source = asked.Source ?? "confirmation mail",
                Evidence = string.Create(CultureInfo.InvariantCulture, $"confirmation {asked.Id}: asked {asked.AskedAt:u}, mail {asked.Message} of {asked.SentAt:u}, confirmed {now:u}"),
                Channel = "direct",
                PreTicked = false,
                Notice = asked.Notice,
                List = asked.List,
                RecordedAt = now,
                By = "recipient",
            },
            cancellationToken);

        // The later word of the recipient holds; complaints and bounces aren't theirs to lift by this.
        await suppressions.RemoveAsync(asked.Tenant, asked.Address, SuppressionReason.Unsubscribe, cancellationToken);
        book.Forget(asked.Tenant, asked.Address);
    }

    private OutgoingMessage Mail(TenantSpec tenant, string from, Confirmation asked)
    {
        var sender = tenant.Profile?.Company is { Length: > 0 } company ? company : tenant.Name;
        var about = asked.Topic.Length == 0 ? "mail" : $"mail about {asked.Topic}";
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            Somebody asked {sender} to send {about} to this address.

            If that was you, open this page and confirm it:
            {options.PublicUrl}/c/{tokens.Sign(asked.Id)}

            If it was not you, do nothing: nothing will be sent. The page can be confirmed until {asked.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC.
            """);
        return new(from, [asked.Recipient], null, null, null, $"Please confirm: {about} from {sender}", text, null, null, null, "transactional", null, null, null, null) { Purpose = "transactional" };
    }
}
