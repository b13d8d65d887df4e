using System.Net;
using System.Net.Sockets;
using Grid.Core.Feedback;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Enforcement;

namespace Grid.Host.Feedback;

/// <summary>
/// Opens cases.
/// In: letters, forms, and reports that were not believed. Out: a case number, or null where a host brought too many.
/// Guarantees: a case is durable when it has its number; what is kept is cut to its bounds; one host opens at most
/// <see cref="MaxPerPeerPerHour"/> cases an hour, all together <see cref="MaxPerHour"/>, so that nobody fills the disk.
/// Fails with <see cref="StoreUnavailableException"/>.
/// </summary>
public sealed class AbuseDesk(IAbuseReports reports, HourlyLimits limits, AbuseFindings findings, FeedbackInstruments instruments, TimeProvider clock)
{
    /// <summary>Cases of one host in an hour.</summary>
    public const int MaxPerPeerPerHour = 1000;

    /// <summary>Cases of all hosts in an hour.</summary>
    public const int MaxPerHour = 20_000;

    /// <summary>Counted complaints whose evidence is kept in an hour.</summary>
    public const int MaxComplaintsPerHour = 10_000;

    /// <summary>Evidence of a counted complaint, in bytes: its own fields and the header of the message.</summary>
    public const int MaxComplaintBytes = 16 * 1024;

    /// <summary>Opens one.</summary>
    public async ValueTask<long?> OpenAsync(AbuseReport report, CancellationToken cancellationToken)
    {
        if (!limits.TryTake("cases of " + (IPAddress.TryParse(report.Peer, out var peer) ? GroupOf(peer) : ""), MaxPerPeerPerHour) || !limits.TryTake("cases", MaxPerHour))
        {
            return null;
        }

        var number = await reports.AddAsync(Cut(report), cancellationToken);
        instruments.Opened(report.Source.ToString().ToLowerInvariant());
        await findings.WrittenAsync(report, number, cancellationToken);
        return number;
    }

    /// <summary>Keeps what a counted complaint rests on, cut to <see cref="MaxComplaintBytes"/>, as a case that is decided; nothing beyond <see cref="MaxComplaintsPerHour"/>.</summary>
    /// <param name="delivered">The delivery that it is about.</param>
    public async ValueTask KeepAsync(ReadOnlyMemory<byte> complaint, string peer, string reporter, string type, OutcomeRecord delivered, CancellationToken cancellationToken)
    {
        if (!limits.TryTake("evidence of complaints", MaxComplaintsPerHour))
        {
            return;
        }

        var now = clock.GetUtcNow();
        await reports.AddAsync(
            Cut(new AbuseReport
            {
                At = now,
                Source = AbuseSource.Complaint,
                Why = VerdictNames.Of(FeedbackVerdict.Counts),
                Peer = peer,
                Reporter = reporter,
                SpammedAddress = delivered.Address,
                Words = type,
                Tenant = delivered.Tenant,
                Message = delivered.Key.Message,
                Evidence = complaint[..Math.Min(complaint.Length, MaxComplaintBytes)],
                Verdict = "counted",
                DecidedAt = now,
                Action = "the address is off the tenant's list",
            }),
            cancellationToken);
    }

    /// <summary>Opens one for a report that had no consequence.</summary>
    public ValueTask<long?> OpenAsync(InboundMail mail, FeedbackVerdict why, string reporter, string? tenant, MessageId? message, CancellationToken cancellationToken) =>
        OpenAsync(
            new()
            {
                At = clock.GetUtcNow(),
                Source = AbuseSource.Feedback,
                Why = VerdictNames.Of(why),
                Peer = Show(mail.Peer),
                Reporter = reporter,
                Tenant = tenant,
                Message = message,
                Evidence = mail.Bytes,
            },
            cancellationToken);

    /// <summary>An address as it is kept.</summary>
    public static string Show(IPAddress peer) => (peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer).ToString();

    /// <summary>Addresses that are counted as one host: one of IPv4, the /64 of IPv6.</summary>
    public static string GroupOf(IPAddress peer)
    {
        if (peer.AddressFamily != AddressFamily.InterNetworkV6 || peer.IsIPv4MappedToIPv6)
        {
            return Show(peer);
        }

        Span<byte> bytes = stackalloc byte[16];
        peer.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes).ToString();
    }

    private static AbuseReport Cut(AbuseReport report) => report with
    {
        Reporter = Cut(report.Reporter),
        Sender = Cut(report.Sender),
        SpammedAddress = Cut(report.SpammedAddress),
        SpammedAt = Cut(report.SpammedAt),
        Words = Cut(report.Words),
        Evidence = report.Evidence[..Math.Min(report.Evidence.Length, AbuseReport.MaxEvidenceBytes)],
    };

    private static string Cut(string text) => text.Length > AbuseReport.MaxTextLength ? text[..AbuseReport.MaxTextLength] : text;
}
