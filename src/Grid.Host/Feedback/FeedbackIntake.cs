using Grid.Core.Feedback;
using Grid.Core.Outcomes;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Feedback;
using Grid.Host.Api.Model;
using Grid.Host.Enforcement;
using Grid.Host.Options;
using Grid.Mail.Feedback;

namespace Grid.Host.Feedback;

/// <summary>
/// Reads what comes back and has it counted.
/// In: a DSN, a feedback report or an opt-out, whole. Out: what it says, and what became of it.
/// Guarantees: it is matched by a genuine token only, never by what it claims; what comes over SMTP has a consequence only where
/// <see cref="FeedbackJudge"/> believes it, and is listed at the abuse desk otherwise; the operator's word is believed; when the call
/// completes the outcome is durable and judged; a repeat counts once; the evidence of a complaint that counted is kept.
/// Fails: what cannot be read or matched changes nothing, and the answer says so; an unavailable store throws.
/// </summary>
public sealed class FeedbackIntake(
    TokenSearch tokens, FeedbackDesk desk, UnsubscribeDesk unsubscribes, Reporters reporters, AbuseDesk abuse, HourlyLimits limits, AbuseFindings findings, FeedbackInstruments instruments,
    ISpool spool, FeedbackOptions options, TimeProvider clock)
{
    private const int MostLooks = 6;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(400);

    /// <summary>A report that the operator brings: believed, as far as it matches a delivery.</summary>
    public async ValueTask<FeedbackBody> TakeTrustedAsync(ReadOnlyMemory<byte> message, bool dryRun, CancellationToken cancellationToken)
    {
        var reading = await ReadAsync(message, null, cancellationToken);
        var matched = false;
        foreach (var claim in reading.Claims)
        {
            matched |= claim.Delivered is not null && (dryRun || !reading.HasConsequence || await ApplyAsync(reading, claim, "operator", cancellationToken));
            if (!dryRun && reading.Report.Kind == FeedbackKind.Complaint && claim is { Delivered: { } delivered, IsCounted: false })
            {
                await abuse.KeepAsync(message, "", "operator", claim.Said.FeedbackType ?? "abuse", delivered, cancellationToken);
            }
        }

        return Show(reading, matched);
    }

    /// <summary>A report that came over SMTP.</summary>
    public async ValueTask<FeedbackResult> TakeAsync(InboundMail mail, CancellationToken cancellationToken)
    {
        var reading = await ReadAsync(mail.Bytes, mail.Envelope, cancellationToken);
        for (var look = 1; look < MostLooks && mail.Envelope is not null && reading.IsAhead; look++)
        {
            await Task.Delay(LookAgain, clock, cancellationToken);
            reading = await ReadAsync(mail.Bytes, mail.Envelope, cancellationToken);
        }

        if (mail.Envelope is not null)
        {
            await PassOnAsync(reading, cancellationToken);
        }

        if (!reading.HasConsequence)
        {
            instruments.Reported(KindName(reading.Report.Kind), null);
            return new(Show(reading, reading.Claims.Any(claim => claim.Delivered is not null)), null, Recorded: true);
        }

        // A complaint proves itself by its reporter; who sends one word to a token's address has seen the message.
        var isBounce = reading.Report.Kind == FeedbackKind.Bounce;
        var (reporter, isSettled) = isBounce || reading.Stored is null ? (null, true) : await reporters.FindAsync(mail.Bytes, mail.Peer, cancellationToken);
        if (!isSettled)
        {
            return new(Show(reading, false), null, Recorded: false) { IsPutOff = true };
        }

        var isProven = reporter is not null || (reading.IsPlainUnsubscribe && mail.Envelope is not null);
        var (matched, refused) = (false, (FeedbackVerdict?)null);
        foreach (var claim in reading.Claims)
        {
            var facts = reading.FactsOf(claim) with { IsBounce = isBounce, CameToReturnPath = mail.Envelope is not null, IsReporterProven = isProven };
            var verdict = FeedbackJudge.Judge(facts, clock.GetUtcNow());
            if (verdict == FeedbackVerdict.Counts && reporter is not null && !limits.TryTake("complaints of " + reporter, options.MaxComplaintsPerReporterPerHour))
            {
                verdict = FeedbackJudge.Judge(facts with { IsOverLimit = true }, clock.GetUtcNow());
            }

            instruments.Reported(KindName(reading.Report.Kind), verdict);
            if (verdict == FeedbackVerdict.Counts)
            {
                matched |= await ApplyAsync(reading, claim, "grid", cancellationToken);
                if (reading.Report.Kind == FeedbackKind.Complaint)
                {
                    await abuse.KeepAsync(mail.Bytes, AbuseDesk.Show(mail.Peer), reporter ?? mail.ReturnPath, claim.Said.FeedbackType ?? "abuse", claim.Delivered!, cancellationToken);
                }
            }
            else
            {
                refused ??= verdict;
            }
        }

        var recorded = refused is not { } why
            || await abuse.OpenAsync(mail, why, reporter ?? mail.ReturnPath, reading.Stored?.Tenant, reading.Reference?.Message, cancellationToken) is not null;
        return new(Show(reading, matched), refused, recorded);
    }

    /// <summary>What a later host reports of mail whose sender wants to hear it: believed as a bounce is.</summary>
    private async ValueTask PassOnAsync(FeedbackReading reading, CancellationToken cancellationToken)
    {
        foreach (var receipt in reading.Receipts)
        {
            var facts = reading.FactsOf(receipt) with { IsBounce = true, CameToReturnPath = true, IsCounted = false };
            if (FeedbackJudge.Judge(facts, clock.GetUtcNow()) == FeedbackVerdict.Counts)
            {
                var (action, said) = (Enum.Parse<DsnAction>(receipt.Said.Action!, ignoreCase: true), receipt.Said);
                var fitting = action == DsnAction.Delayed ? '4' : '2';
                var status = said.Status.StartsWith(fitting) ? said.Status : $"{fitting}.0.0";
                await desk.ReceiptAsync(receipt.Delivered!, action, said.Diagnostic is { } diagnostic ? $"{status} {diagnostic}" : status, cancellationToken);
            }
        }
    }

    private async ValueTask<FeedbackReading> ReadAsync(ReadOnlyMemory<byte> message, MessageReference? envelope, CancellationToken cancellationToken)
    {
        var report = FeedbackReader.Read(message);
        var found = tokens.In(report, message);
        var all = envelope is { } named ? [named, .. found] : found;
        var stored = all.Count > 0 ? await spool.FindAsync(all[0].Message, cancellationToken) : null;
        return FeedbackReading.Of(report, all, stored);
    }

    private async ValueTask<bool> ApplyAsync(FeedbackReading reading, FeedbackClaim claim, string by, CancellationToken cancellationToken)
    {
        var (said, delivered) = (claim.Said, claim.Delivered!);
        switch (reading.Report.Kind)
        {
            case FeedbackKind.Complaint:
                // First what was found, then what it counts for: of a complaint that suspends, the suspension is the last word.
                await findings.ComplainedAsync(delivered, by, cancellationToken);
                return await desk.ComplaintAsync(delivered.Key.Message, delivered.Key.Recipient, null, said.FeedbackType ?? "abuse", by, cancellationToken);
            case FeedbackKind.Bounce:
                return await desk.BounceAsync(
                    delivered.Key.Message, delivered.Key.Recipient, null, new(said.ReplyCode ?? 0, said.Status, said.Diagnostic ?? ""), claim.Why, cancellationToken);
            default:
                var started = clock.GetTimestamp();
                var done = await unsubscribes.UnsubscribeAsync(
                    new(delivered.Tenant, delivered.Key.Message, delivered.Key.Recipient, delivered.Address), UnsubscribeChoice.List, "opt-out report", cancellationToken);
                instruments.Unsubscribed(clock.GetElapsedTime(started), "mail");
                return done;
        }
    }

    private static FeedbackBody Show(FeedbackReading reading, bool matched) => new(
        KindName(reading.Report.Kind),
        matched,
        matched ? reading.Stored!.Tenant : null,
        matched ? reading.Stored!.Id.ToString() : null,
        [.. reading.Said.Select(entry => Show(entry.Said, entry.Why))]);

    private static FeedbackReportBody Show(RecipientReport report, Classification why) => new(
        report.Recipient, report.Status, report.ReplyCode, report.Action, why.Reason, why.Hard, report.Diagnostic, report.FeedbackType);

    private static string KindName(FeedbackKind kind) => kind switch
    {
        FeedbackKind.None => "none",
        FeedbackKind.Complaint => "complaint",
        FeedbackKind.Bounce => "bounce",
        FeedbackKind.Delayed => "delayed",
        FeedbackKind.Abuse => "abuse",
        FeedbackKind.Unsubscribe => "unsubscribe",
        _ => throw new InvalidOperationException($"no kind of feedback {kind}"),
    };
}
