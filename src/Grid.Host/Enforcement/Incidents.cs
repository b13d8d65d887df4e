using System.Globalization;
using System.Text;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api;
using Grid.Host.Api.Model;

namespace Grid.Host.Enforcement;

/// <summary>
/// What went wrong between the platform and receivers or blocklists: rests of sending IPs, pauses of recipient domains, listings. In: the
/// ledger. Out: incidents with cause, action and end, the tenants behind one by their share of what was refused or complained about, and
/// with whom it was shared. Looks at no more than <see cref="MaxOutcomes"/> outcomes.
/// </summary>
public sealed class Incidents(ILedger ledger, IIncidentBook book, IOutcomeHistory history)
{
    private const int MaxOutcomes = 1_000_000;
    private const int MaxTenants = 10;
    private static readonly TimeSpan Around = TimeSpan.FromHours(24);

    /// <summary>Newest first, of an IP or domain or of all, between two instants.</summary>
    public async ValueTask<IReadOnlyList<IncidentBody>> ListAsync(Subject? subject, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
        [.. (await book.ListAsync(subject, from, to, limit, cancellationToken)).Select(Show)];

    /// <summary>One, with the tenants behind it; null where there is none of that id.</summary>
    public async ValueTask<IncidentBody?> FindAsync(string id, CancellationToken cancellationToken) =>
        await book.FindAsync(id, cancellationToken) is { } incident ? Show(incident) with { Tenants = await TenantsAsync(incident.Opening, cancellationToken) } : null;

    /// <summary>Notes with whom an incident was shared.</summary>
    public ValueTask ShareAsync(IncidentBody incident, string with, string words, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Subject.TryParse(incident.Subject, out var subject);
        return ledger.AppendAsync(
            new()
            {
                Id = $"{now.UtcTicks:x16}-{IncidentRules.Shared}-{incident.Id}",
                At = now,
                Subject = subject,
                From = Standing.Active,
                To = Standing.Active,
                Action = IncidentRules.Shared,
                Policy = "",
                PolicyVersion = 0,
                Clause = with,
                By = "operator",
                Reason = words,
                Kind = DecisionKind.Act,
                Evidence = incident.Id,
            },
            cancellationToken);
    }

    /// <summary>In words, for a receiver or a blocklist: without tenants' names.</summary>
    public static string Text(IncidentBody incident)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Incident {incident.Id}\n{incident.Subject}\n");
        text.Append(CultureInfo.InvariantCulture, $"Since: {incident.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC\nUntil: {(incident.EndedAt is { } end ? $"{end.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "it goes on")}\n");
        text.Append(CultureInfo.InvariantCulture, $"Cause: {incident.Cause}\nWhat we did: {incident.Action}\n");
        foreach (var (name, value) in incident.Figures ?? new Dictionary<string, decimal>())
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"Senders behind it: {incident.Tenants?.Count ?? 0}; the largest share is {incident.Tenants?.FirstOrDefault()?.Share ?? 0}\n").ToString();
    }

    private static IncidentBody Show(Incident incident)
    {
        var decision = incident.Opening;
        return new(
            decision.Id,
            decision.At,
            decision.Subject.ToString(),
            decision.Kind == DecisionKind.Finding ? decision.Action : decision.Clause,
            decision.Kind == DecisionKind.Finding ? $"{decision.Action}: {decision.Evidence}" : decision.Reason,
            decision.Kind == DecisionKind.Finding ? "noted, and judged by the policy" : decision.Action,
            incident.EndedAt ?? (decision.Kind == DecisionKind.Finding ? null : decision.CureDue),
            FigureMap.Of(decision.Figures),
            null,
            [.. incident.Shares.Select(d => new IncidentShareBody(d.Clause, d.At, d.Reason))]);
    }

    private async ValueTask<IReadOnlyList<IncidentTenantBody>> TenantsAsync(Decision decision, CancellationToken cancellationToken)
    {
        var (from, to) = (decision.WindowFrom ?? decision.At - Around, decision.At.AddMilliseconds(1));
        var (tries, bad, seen) = (new Dictionary<string, long>(StringComparer.Ordinal), new Dictionary<string, long>(StringComparer.Ordinal), 0);
        await foreach (var page in history.ReadAsync(from, to, cancellationToken))
        {
            foreach (var record in page.Where(r => decision.Subject.Kind == SubjectKind.Ip ? r.Ip == decision.Subject.Key : r.Domain == decision.Subject.Key))
            {
                tries[record.Tenant] = tries.GetValueOrDefault(record.Tenant) + 1;
                if (record.Kind == OutcomeKind.Complained || record.Reason == ReplyReason.BlockedByReputation)
                {
                    bad[record.Tenant] = bad.GetValueOrDefault(record.Tenant) + 1;
                }
            }

            if ((seen += page.Count) > MaxOutcomes)
            {
                break;
            }
        }

        var by = bad.Count > 0 ? bad : tries;
        var whole = by.Values.Sum();
        return [.. by.OrderByDescending(share => share.Value).Take(MaxTenants).Select(share => new IncidentTenantBody(share.Key, share.Value, Math.Round((decimal)share.Value / whole, 4)))];
    }
}
