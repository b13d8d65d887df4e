using System.Globalization;
using Grid.Contracts.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;

namespace Grid.Host.Enforcement;

/// <summary>
/// Reports what recipients say as findings, to policies that have a clause for it. In: a complaint that counted; a letter or form about a
/// tenant's message. Out: report.spam, report.suspicion. Guarantees that the same complaint is one finding however often it comes; a policy
/// without such a clause has nothing done and nothing written. Of a tenant that is suspended the case of that has the complaints.
/// </summary>
public sealed class AbuseFindings(IGrainFactory grains, PolicyBook book, ILedger ledger, TimeProvider clock)
{
    private const string Spam = "report.spam";
    private const string Suspicion = "report.suspicion";

    /// <summary>A recipient complained.</summary>
    public ValueTask ComplainedAsync(OutcomeRecord delivered, string by, CancellationToken cancellationToken) => ReportAsync(
        delivered.Tenant, Spam, string.Create(CultureInfo.InvariantCulture, $"complaint-{delivered.Key.Message}-{delivered.Key.Recipient}"), by, $"a recipient at {delivered.Domain} complained", delivered.Key.Message, cancellationToken);

    /// <summary>Somebody wrote about a tenant's message.</summary>
    public ValueTask WrittenAsync(AbuseReport report, long number, CancellationToken cancellationToken) => report.Tenant is { } tenant && report.Source is AbuseSource.Form or AbuseSource.Letter
        ? ReportAsync(tenant, Suspicion, string.Create(CultureInfo.InvariantCulture, $"abuse-{number}"), "grid", string.Create(CultureInfo.InvariantCulture, $"case {number} of the abuse desk"), report.Message, cancellationToken)
        : ValueTask.CompletedTask;

    private async ValueTask ReportAsync(string tenant, string signal, string id, string by, string words, MessageId? message, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<ITenantGrain>(tenant);
        if (await grain.Find() is not { Account.Standing: Standing.Active or Standing.Warned } view || (await book.FindAsync(view.Spec.Policy) ?? await book.FindAsync(PolicyBook.Default)) is not { } set
            || !set.For(Subject.Tenant(tenant)).Policy.Tenant.Any(clause => clause.Terms.Any(term => term.Signal == signal))
            || await ledger.FindAsync("finding-" + id, cancellationToken) is not null)
        {
            return;
        }

        await grain.Report(new(id, signal, clock.GetUtcNow(), by, words, null, message?.ToString(), null));
    }
}
