using Grid.Contracts.Enforcement;
using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Host.Api;

/// <summary>
/// Sets down in the ledger what an operator did that changes no standing: limits, keys, descriptions, the queue. In: a call that was
/// answered well. Out: an entry with its subject, the act and the reason of <see cref="OperatorReason"/>. What was refused leaves none.
/// </summary>
public sealed class OperatorActs(ILedger ledger, IGrainFactory grains, TimeProvider clock)
{
    private const string By = "operator";
    private const int MaxSite = 320;

    /// <summary>Appends an act.</summary>
    /// <param name="action">Such as pause-queue.</param>
    /// <param name="evidence">With what it was done, such as a key's selector; null where the subject says it all.</param>
    public async ValueTask RecordAsync(HttpContext context, Subject subject, string action, IReadOnlyList<Figure> figures, string? evidence = null)
    {
        var view = AccountOf(subject) is { } account ? await account.View() : null;
        var (now, standing) = (clock.GetUtcNow(), view?.Standing ?? Standing.Active);
        await ledger.AppendAsync(
            new()
            {
                Id = $"{now.UtcTicks:x16}-{Guid.NewGuid():N}"[..29],
                At = now,
                Subject = subject,
                From = standing,
                To = standing,
                Action = action,
                Policy = view?.Policy ?? "",
                PolicyVersion = view?.PolicyVersion ?? 0,
                Clause = By,
                By = By,
                Reason = OperatorReason.Read(context.Request) ?? "",
                Kind = DecisionKind.Act,
                Figures = figures,
                Evidence = evidence,
            },
            context.RequestAborted);
    }

    private IAccountGrain? AccountOf(Subject subject) => subject.Kind switch
    {
        SubjectKind.Tenant => grains.GetGrain<ITenantGrain>(subject.Key),
        SubjectKind.Ip => grains.GetGrain<ISendingIpGrain>(subject.Key),
        SubjectKind.Domain => (IAccountGrain)grains.GetGrain<IRecipientDomainGrain>(subject.Key),
        _ => null,
    };

    /// <summary>The subject that a path names; null for a name that is none.</summary>
    internal static Subject? SubjectOf(SubjectKind kind, string? name) => kind switch
    {
        SubjectKind.Tenant => SubjectNames.IsTenant(name) ? Subject.Tenant(name!) : null,
        SubjectKind.Ip => SubjectKeys.TryIp(name, out var address) ? Subject.Ip(address) : null,
        SubjectKind.Domain => SubjectKeys.TryDomain(name, out var domain) ? Subject.Domain(domain) : null,
        SubjectKind.Site => name is { Length: > 0 and <= MaxSite } ? Subject.Site(name) : null,
        _ => null,
    };
}
