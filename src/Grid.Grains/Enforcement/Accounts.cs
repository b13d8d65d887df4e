using Grid.Contracts.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>Finds the grain of a subject.</summary>
public static class Accounts
{
    /// <summary>The tenant, sending IP or recipient domain; a site or a policy has no account.</summary>
    public static IAccountGrain Account(this IGrainFactory grains, Subject subject) => subject.Kind switch
    {
        SubjectKind.Tenant => grains.GetGrain<ITenantGrain>(subject.Key),
        SubjectKind.Ip => grains.GetGrain<ISendingIpGrain>(subject.Key),
        SubjectKind.Domain => grains.GetGrain<IRecipientDomainGrain>(subject.Key),
        _ => throw new ArgumentException($"{subject} has no account", nameof(subject)),
    };
}
