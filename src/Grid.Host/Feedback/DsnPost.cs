using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains;
using Grid.Grains.Ingress;
using Grid.Host.Enforcement;
using Grid.Host.Ingress;
using Grid.Host.Options;
using Grid.Mail.Feedback;
using Grid.Mail.Mime;

namespace Grid.Host.Feedback;

/// <summary>
/// Tells senders over SMTP what became of their mail (RFC 3461, RFC 3464).
/// In: notices, as they stand in the store beside the outcomes that they tell. Out: reports, one for a message and all that is due of it, in the
/// queue like any mail, from the null return path, by the platform's own tenant.
/// Guarantees: each notice is told at most once, also over a kill, as it is marked in the transaction that keeps its report, and told or
/// ended with a reason. No backscatter: a report goes to the return path of an authenticated submission only, and only within the tenant's
/// sending domains. No loop: a report has the null return path, and of such mail nothing is ever noted.
/// Fails by trying again, every second; what can't be told in <see cref="GiveUpAfter"/> is ended.
/// </summary>
public sealed partial class DsnPost(
    IDsnNotices notices, ISpool spool, TenantDirectory directory, PlatformMail platform, Intake intake, MessageDrafter drafter, HourlyLimits limits, FeedbackInstruments instruments,
    Readiness readiness, GridOptions options, TimeProvider clock, ILogger<DsnPost> log) : BackgroundService
{
    /// <summary>How long a notice is tried to be told.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(5);

    private const int Page = 200;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    /// <summary>Tries to tell all that is due, a page at a time, until the queue takes no more.</summary>
    public async Task TellDueAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<DsnNotice> due;
        DsnNotice? last = null;
        var isTaking = true;
        do
        {
            due = await notices.DueAsync(clock.GetUtcNow(), last, Page, cancellationToken);
            foreach (var message in due.GroupBy(notice => notice.Key.Message))
            {
                isTaking &= await TellSafelyAsync(message.Key, [.. message], cancellationToken);
            }

            last = due.Count > 0 ? due[^1] : last;
        }
        while (due.Count == Page && isTaking);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (readiness.IsReady)
                {
                    await TellDueAsync(stoppingToken);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
            {
                LogAgain(e);
            }
        }
    }

    /// <summary>One message that can't be told must not keep the others from it. False: the queue takes nothing.</summary>
    private async ValueTask<bool> TellSafelyAsync(MessageId id, IReadOnlyList<DsnNotice> due, CancellationToken cancellationToken)
    {
        var isTaking = true;
        try
        {
            isTaking = await TellAsync(id, due, cancellationToken);
            if (isTaking)
            {
                return true;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException and not StoreUnavailableException)
        {
            LogUntold(e, id);
        }

        if (clock.GetUtcNow() - due.Min(notice => notice.At) >= GiveUpAfter)
        {
            await EndAsync(due, DsnState.Undeliverable, cancellationToken);
        }

        return isTaking;
    }

    /// <summary>False: not now.</summary>
    private async ValueTask<bool> TellAsync(MessageId id, IReadOnlyList<DsnNotice> due, CancellationToken cancellationToken)
    {
        if (await spool.FindAsync(id, cancellationToken) is not { } message || await spool.ReadDsnAsync(id, cancellationToken) is not { } wishes)
        {
            return await EndAsync(due, DsnState.Undeliverable, cancellationToken);
        }

        var overtaken = due.Where(notice => notice is { Action: DsnAction.Delayed, Said: null } && !message.Live.Any(envelope => envelope.Key == notice.Key)).ToList();
        if (overtaken.Count > 0)
        {
            await EndAsync(overtaken, DsnState.Overtaken, cancellationToken);
            due = [.. due.Except(overtaken)];
        }

        if (due.Count == 0)
        {
            return true;
        }

        if (await SenderAsync(message.Tenant, wishes.Request) is not { } sender)
        {
            return await EndAsync(due, DsnState.ForeignReturnPath, cancellationToken);
        }

        var reports = "delivery reports of " + message.Tenant;
        if (!limits.TryTake(reports, options.Dsn.MaxPerTenantPerHour))
        {
            return await EndAsync(due, DsnState.OverLimit, cancellationToken);
        }

        var isSent = false;
        try
        {
            isSent = await SendAsync(sender, message, wishes, due, cancellationToken);
        }
        finally
        {
            if (!isSent)
            {
                limits.GiveBack(reports);
            }
        }

        return isSent;
    }

    /// <summary>Whom to tell; null where the return path is not the tenant's to name, or leads back here.</summary>
    private async ValueTask<EmailAddress?> SenderAsync(string tenant, DsnRequest request) =>
        EmailAddress.TryParse(request.ReturnPath, out var sender)
        && sender.Domain != options.Inbound.Domain
        && await directory.FindAsync(tenant) is { } spec
        && SenderDomains.Allow(spec, sender.Domain)
            ? sender
            : null;

    private async ValueTask<bool> SendAsync(EmailAddress sender, StoredMessage message, DsnWishes wishes, IReadOnlyList<DsnNotice> due, CancellationToken cancellationToken)
    {
        await platform.EnsureTenantAsync();
        var id = intake.NextId();
        var body = await spool.ReadBodyAsync(message.Id, cancellationToken);
        var written = DeliveryReportWriter.Write(new()
        {
            From = platform.Mailbox("Mail Delivery System"),
            To = sender,
            MessageId = $"{id}@{options.Inbound.Domain}",
            Date = clock.GetUtcNow(),
            Host = options.HostName,
            ArrivedAt = message.AcceptedAt,
            Request = wishes.Request,
            Recipients = [.. due.Select(notice => DsnReading.Of(notice, message, wishes))],
            Message = body,
            MaxReturnedBytes = options.Dsn.MaxReturnedBytes,
            Headers = [new(MessageDrafter.ReferenceHeader, drafter.Reference(id)), .. PlatformMail.Automatic(body is { } original ? DsnReading.MessageId(original) : "")],
        });
        if (written is not Composition.Done done)
        {
            return await EndAsync(due, DsnState.Undeliverable, cancellationToken);
        }

        var submission = new Submission
        {
            Id = id,
            Body = done.Bytes,
            FromDomain = options.Inbound.Domain,
            Recipients = [new(sender.ToString(), sender.Domain)],
            Stream = MailStream.Transactional,
            EightBit = done.IsEightBit,
            Utf8 = done.NeedsUtf8,
            Tells = due,
        };
        switch (await intake.AcceptAsync(PlatformMail.Tenant, [submission], null, cancellationToken))
        {
            case IntakeResult.Accepted:
                instruments.Told(due, DsnState.Sent);
                return true;
            case IntakeResult.Repeated:
                return true;
            default:
                return false;
        }
    }

    private async ValueTask<bool> EndAsync(IReadOnlyList<DsnNotice> due, DsnState state, CancellationToken cancellationToken)
    {
        await notices.EndAsync(due, state, cancellationToken);
        instruments.Told(due, state);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Senders could not be told what became of their mail; trying again")]
    private partial void LogAgain(Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sender of {Message} could not be told what became of it; trying again")]
    private partial void LogUntold(Exception e, MessageId message);
}
