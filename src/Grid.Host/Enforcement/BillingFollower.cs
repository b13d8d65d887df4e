using System.Text.Json;
using Grid.Core.Vocabulary;
using Grid.Host.Api;
using Grid.Host.Options;

namespace Grid.Host.Enforcement;

/// <summary>Tells the operator's billing of each termination: that the contract ended, when, why, and whether money goes back.</summary>
public sealed class BillingFollower(Accounting accounting, HookOutbox outbox, GridOptions options) : ILedgerFollower
{
    /// <inheritdoc />
    public async ValueTask TakeAsync(Decision decision, CancellationToken cancellationToken)
    {
        if (options.Billing.Url is null || decision is not { Kind: DecisionKind.Transition, Subject.Kind: SubjectKind.Tenant, To: Standing.Terminated } || decision.From == Standing.Terminated)
        {
            return;
        }

        var account = await accounting.OfAsync(decision.Subject.Key, cancellationToken);
        await outbox.PutAsync(new(decision.Id, "", "", JsonSerializer.Serialize(account, ApiJson.Default.BillingBody)), cancellationToken);
    }
}
