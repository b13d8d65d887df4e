using Grid.Contracts.Admission;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <content>What of its mail may go while other mail of it may not.</content>
public sealed partial class TenantGrain
{
    private bool MayUse(PermitKind kind, MailStream stream) => PermittedVerbs.Allows(Policy, State, (kind, stream) switch
    {
        (PermitKind.Submit, MailStream.Bulk) => Verb.SubmitBulk,
        (PermitKind.Submit, _) => Verb.SubmitTransactional,
        (_, MailStream.Bulk) => Verb.DeliverBulk,
        _ => Verb.DeliverTransactional,
    });

    private async ValueTask<PermitGrant> HoldingBackAsync(PermitKind kind, ValueTask<PermitGrant> granting)
    {
        var grant = await granting;
        return grant.Refusal is null && HoldOn(kind) is { } hold ? grant with { Hold = hold } : grant;
    }

    private MailHold? HoldOn(PermitKind kind)
    {
        var (bulk, transactional) = (!MayUse(kind, MailStream.Bulk), !MayUse(kind, MailStream.Transactional));
        var suspended = _scopes.Where(scope => scope.IsSuspended).ToList();
        if (!bulk && !transactional && suspended.Count == 0)
        {
            return null;
        }

        return new(
            bulk || suspended.Any(scope => ScopeRules.IsStream(scope, MailStream.Bulk)),
            transactional || suspended.Any(scope => ScopeRules.IsStream(scope, MailStream.Transactional)),
            [.. suspended.Select(ScopeRules.CampaignOf).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            bulk || transactional ? Refused() : new("suspended", Policy.Name, Policy.Version, suspended[0].Clause ?? "operator", $"{suspended[0].Scope} is suspended: {suspended[0].Reason}", []));
    }
}
