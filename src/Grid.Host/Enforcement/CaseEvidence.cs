using System.Text.Json;
using Grid.Contracts.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api;
using Grid.Host.Api.Model;

namespace Grid.Host.Enforcement;

/// <summary>
/// Gathers what a case about a tenant rests on: complaints, and the messages that they and the findings are about. In: a case, its subject's
/// decisions. Out: at most <see cref="MaxShown"/> of each. Looks at no more than <see cref="MaxScanned"/> of the tenant's outcomes.
/// </summary>
public sealed class CaseEvidence(IOutcomeLog log, IOutcomeLookUp lookUp, ISpool spool)
{
    /// <summary>Most complaints, and most messages.</summary>
    public const int MaxShown = 100;

    private const int MaxScanned = 500_000;
    private const int Page = 1000;
    private const string About = "about message ";
    private static readonly TimeSpan Before = TimeSpan.FromDays(30);

    /// <summary>Empty for a case that is about no tenant.</summary>
    public async ValueTask<(IReadOnlyList<CaseComplaintBody> Complaints, IReadOnlyList<CaseMessageBody> Messages)> GatherAsync(
        CaseFile file, IReadOnlyList<Decision> decisions, CancellationToken cancellationToken)
    {
        if (file.Subject.Kind != SubjectKind.Tenant)
        {
            return ([], []);
        }

        var complaints = await ComplaintsAsync(file, cancellationToken);
        var named = decisions.Where(d => d.Kind == DecisionKind.Finding && d.Reason.StartsWith(About, StringComparison.Ordinal)).Select(d => d.Reason[About.Length..]);
        var messages = new List<CaseMessageBody>();
        foreach (var id in complaints.Select(c => c.MessageId).Concat(named).Distinct().Take(MaxShown))
        {
            if (await FindAsync(file, id, cancellationToken) is { } message)
            {
                messages.Add(new(id, message.AcceptedAt, message.Campaign, message.RecipientCount, Details(message.Details)));
            }
        }

        return (complaints, messages);
    }

    /// <summary>A message of the case's tenant; null for any other.</summary>
    public async ValueTask<StoredMessage?> FindAsync(CaseFile file, string id, CancellationToken cancellationToken) =>
        MessageId.TryParse(id, out var message) && await spool.FindAsync(message, cancellationToken) is { } stored && file.Subject == Subject.Tenant(stored.Tenant) ? stored : null;

    /// <summary>The whole message, where it is still kept.</summary>
    public ValueTask<ReadOnlyMemory<byte>?> BodyAsync(StoredMessage message, CancellationToken cancellationToken) => spool.ReadBodyAsync(message.Id, cancellationToken);

    private async ValueTask<IReadOnlyList<CaseComplaintBody>> ComplaintsAsync(CaseFile file, CancellationToken cancellationToken)
    {
        var latest = new Queue<CaseComplaintBody>(MaxShown);
        var position = await lookUp.PositionBeforeAsync(file.OpenedAt - Before, cancellationToken);
        for (var scanned = 0; scanned < MaxScanned && position < log.LastPosition; scanned += Page)
        {
            var (records, next) = await log.ReadTenantAsync(file.Subject.Key, position, Page, MaxScanned, cancellationToken);
            foreach (var record in records.Where(r => r.Kind == OutcomeKind.Complained))
            {
                if (latest.Count == MaxShown)
                {
                    latest.Dequeue();
                }

                latest.Enqueue(new(record.At, record.Key.Message.ToString(), record.Address));
            }

            if (next <= position)
            {
                break;
            }

            position = next;
        }

        return [.. latest.Reverse()];
    }

    private static MessageDetails? Details(string? json) => json is null ? null : JsonSerializer.Deserialize(json, ApiJson.Default.MessageDetails);
}
