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
/// ledger. Out: incidents with cause, action and end, the tenants behind each by their share of what was refused or complained about, and
/// with whom it was shared. Looks at no more than <see cref="MaxDecisions"/> decisions and <see cref="MaxOutcomes"/> outcomes.
/// </summary>
public sealed class Incidents(ILedger ledger, IOutcomeHistory history)
{
    private const int MaxDecisions = 20_000;
    private const int MaxOutcomes = 1_000_000;
    private const int Page = 500;
    private const int MaxTenants = 10;
    private const string Shared = "share-incident";
    private static readonly TimeSpan Around = TimeSpan.FromHours(24);

    /// <summary>Newest first, of an IP or domain or of all, between two instants.</summary>
    public async ValueTask<IReadOnlyList<IncidentBody>> ListAsync(Subject? subject, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken)
    {
        var decisions = await ReadAsync(subject, from, cancellationToken);
        return [.. decisions.Where(d => IsIncident(d) && d.At >= from && d.At < to).Take(limit).Select(d => Show(d, decisions))];
    }

    /// <summary>One, with the tenants behind it; null where there is none of that id.</summary>
    public async ValueTask<IncidentBody?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(id, cancellationToken) is not { Decision: { } decision } || !IsIncident(decision))
        {
            return null;
        }

        var decisions = await ReadAsync(decision.Subject, decision.At, cancellationToken);
        return Show(decision, decisions) with { Tenants = await TenantsAsync(decision, cancellationToken) };
    }

    /// <summary>Notes with whom an incident was shared.</summary>
    public ValueTask ShareAsync(IncidentBody incident, string with, string words, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Subject.TryParse(incident.Subject, out var subject);
        return ledger.AppendAsync(
            new()
            {
                Id = $"{now.UtcTicks:x16}-{Shared}-{incident.Id}",
                At = now,
                Subject = subject,
                From = Standing.Active,
                To = Standing.Active,
                Action = Shared,
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

    private static bool IsIncident(Decision decision) => decision.Subject.Kind is SubjectKind.Ip or SubjectKind.Domain
        && (decision is { Kind: DecisionKind.Transition, Action: "rest" or "pause" or "warn" or "terminate" } || (decision.Kind == DecisionKind.Finding && decision.Action.StartsWith("listing.", StringComparison.Ordinal)));

    private static IncidentBody Show(Decision decision, IReadOnlyList<Decision> decisions)
    {
        var end = decisions.LastOrDefault(d => d.Subject == decision.Subject && d.Kind == DecisionKind.Transition && d.At > decision.At && d.To == Standing.Active);
        return new(
            decision.Id,
            decision.At,
            decision.Subject.ToString(),
            decision.Kind == DecisionKind.Finding ? decision.Action : decision.Clause,
            decision.Kind == DecisionKind.Finding ? $"{decision.Action}: {decision.Evidence}" : decision.Reason,
            decision.Kind == DecisionKind.Finding ? "noted, and judged by the policy" : decision.Action,
            end?.At ?? (decision.Kind == DecisionKind.Finding ? null : decision.CureDue),
            FigureMap.Of(decision.Figures),
            null,
            [.. decisions.Where(d => d.Action == Shared && d.Evidence == decision.Id).Select(d => new IncidentShareBody(d.Clause, d.At, d.Reason))]);
    }

    // Newest first, back to the instant.
    private async ValueTask<IReadOnlyList<Decision>> ReadAsync(Subject? subject, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var decisions = new List<Decision>();
        for (string? before = null; decisions.Count < MaxDecisions;)
        {
            var page = await ledger.ReadAsync(subject, before, Page, cancellationToken);
            decisions.AddRange(page);
            if (page.Count < Page || page[^1].At < from)
            {
                break;
            }

            before = page[^1].Id;
        }

        return decisions;
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
