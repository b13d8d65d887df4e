using System.Globalization;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Grains.Queue;
using Grid.Host.Api.Model;

namespace Grid.Host.Enforcement;

/// <summary>
/// What a tenant costs: the cost lines of its cases, and what its mail asks of the platform. In: a tenant. Out: its account, with how its
/// contract ended. Costs are the tenant's to bear where the policy that held then says so.
/// </summary>
public sealed class Accounting(IGrainFactory grains, PolicyBook book, IPolicyReader reader, ILedger ledger, IRegistry registry, QueueControl queue)
{
    private const int Page = 500;
    private const int MaxDecisions = 1000;

    /// <summary>The account as it stands.</summary>
    public async ValueTask<BillingBody> OfAsync(string tenant, CancellationToken cancellationToken)
    {
        var view = await grains.GetGrain<ITenantGrain>(tenant).Find();
        var ended = await EndAsync(tenant, cancellationToken);
        var duties = (ended is null ? null : await DecidedByAsync(ended.Policy)) ?? await CurrentAsync(tenant, view?.Spec.Policy ?? PolicyBook.Default);
        var costs = await CostsAsync(tenant, cancellationToken);
        var queued = (await queue.PartAsync(tenant, null, cancellationToken)).Total;
        var counters = view?.Account.Counters;
        return new(
            tenant,
            ended is null ? null : ended with { RefundEligible = duties.RefundOnTermination },
            duties.CostRecovery,
            costs,
            [.. costs.GroupBy(cost => cost.Currency).Select(sum => new CostTotalBody(sum.Key, sum.Sum(cost => cost.Amount)))],
            new(
                view?.Account.Window ?? "",
                counters?.Tries ?? 0,
                counters?.Deferred ?? 0,
                counters?.Complaints ?? 0,
                queued));
    }

    /// <summary>What the version says that the contract ended under; null where it can't be read any more.</summary>
    private async ValueTask<DutyRules?> DecidedByAsync(PolicyName policy) =>
        await grains.GetGrain<IPolicyGrain>(policy.Name).Version(policy.Version) is { } text && PolicyTexts.Read(reader, text) is PolicyReading.Done read ? read.Policy.Duties : null;

    private async ValueTask<DutyRules> CurrentAsync(string tenant, string policy)
    {
        var set = await book.FindAsync(policy) ?? await book.FindAsync(PolicyBook.Default);
        return set!.For(Subject.Tenant(tenant)).Policy.Duties;
    }

    private async ValueTask<ContractEndBody?> EndAsync(string tenant, CancellationToken cancellationToken)
    {
        var decisions = await ledger.ReadAsync(Subject.Tenant(tenant), null, MaxDecisions, cancellationToken);
        return decisions.LastOrDefault(d => d is { Kind: DecisionKind.Transition, To: Standing.Terminated } && d.From != Standing.Terminated) is { } end
            ? new(end.At, end.Id, new(end.Policy, end.PolicyVersion), end.Clause, end.By, end.Reason, false)
            : null;
    }

    private async ValueTask<IReadOnlyList<CostBody>> CostsAsync(string tenant, CancellationToken cancellationToken)
    {
        var costs = new List<CostBody>();
        IReadOnlyList<KeyValuePair<string, string>> page;
        var prefix = tenant + "/";
        var after = prefix;
        do
        {
            page = await registry.ListAsync(Registered.CaseCost, after, Page, cancellationToken);
            foreach (var key in page.Select(entry => entry.Key).TakeWhile(key => key.StartsWith(prefix, StringComparison.Ordinal)))
            {
                if (await registry.FindAsync<CaseFile>(Registered.Case, key[prefix.Length..], cancellationToken) is { } file)
                {
                    costs.AddRange(
                        from note in file.Notes
                        where note.Kind == "cost" && note.Amount is not null && (note.Tenant ?? (file.Subject.Kind == SubjectKind.Tenant ? file.Subject.Key : null)) == tenant
                        select new CostBody(note.At, file.Id, note.Words, note.Amount!.Value, note.Currency!));
                }
            }

            after = page.Count > 0 ? page[^1].Key : after;
        }
        while (page.Count == Page && after.StartsWith(prefix, StringComparison.Ordinal));

        return [.. costs.OrderBy(cost => cost.At)];
    }

    /// <summary>Cost lines as CSV (RFC 4180), with a line of names.</summary>
    public static string Csv(BillingBody account) => "at,tenant,case,what,amount,currency\r\n" + string.Concat(account.Costs.Select(cost => string.Create(
        CultureInfo.InvariantCulture, $"{cost.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ},{account.Tenant},{cost.Case},\"{Plain(cost.What)}\",{cost.Amount:0.00},{cost.Currency}\r\n")));

    // What spreadsheets would take for a formula begins with an apostrophe.
    private static string Plain(string text) => (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? "'" : "") + text.Replace("\"", "\"\"", StringComparison.Ordinal);
}
