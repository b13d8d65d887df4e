using System.Text;
using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>A case of the abuse desk.</summary>
/// <param name="Source">form, letter or feedback (a report over SMTP that was not believed and had no consequence), help, or complaint (one that counted: its evidence).</param>
/// <param name="Why">Of feedback: the rule that it broke, such as tokenMissing or reporterUnknown.</param>
/// <param name="Peer">IP address that brought it.</param>
/// <param name="Sender">Whose mail it is about, as the reporter says.</param>
/// <param name="SpammedAddress">Where that mail went; it may differ from the reporter's address.</param>
/// <param name="SpammedAt">When it came, in the reporter's words.</param>
/// <param name="Tenant">Whose mail it is, found by a token of ours in what the reporter gave; absent where there was none.</param>
/// <param name="Evidence">Header and message as given, at most 64 KiB, octets above 127 as Latin-1; in the case itself only, not in lists.</param>
/// <param name="Verdict">counted for a complaint; else spam, phishing, malware, notAbuse, notOurs or duplicate; absent while the case is open.</param>
public sealed record AbuseCaseBody(
    string Id,
    DateTimeOffset At,
    AbuseSource Source,
    string? Why,
    string Peer,
    string? Reporter,
    string? Sender,
    string? SpammedAddress,
    string? SpammedAt,
    string? Words,
    string? Tenant,
    string? MessageId,
    string? Verdict,
    string? Action,
    DateTimeOffset? DecidedAt,
    string? Evidence)
{
    public static AbuseCaseBody Of(AbuseReport report) => new(
        report.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        report.At,
        report.Source,
        NullIfEmpty(report.Why),
        report.Peer,
        NullIfEmpty(report.Reporter),
        NullIfEmpty(report.Sender),
        NullIfEmpty(report.SpammedAddress),
        NullIfEmpty(report.SpammedAt),
        NullIfEmpty(report.Words),
        report.Tenant,
        report.Message?.ToString(),
        report.Verdict,
        report.Action,
        report.DecidedAt,
        report.Evidence.IsEmpty ? null : Encoding.Latin1.GetString(report.Evidence.Span));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
