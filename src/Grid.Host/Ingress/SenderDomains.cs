using Grid.Contracts.Enforcement;

namespace Grid.Host.Ingress;

/// <summary>The rule that a tenant sends from its own domains only.</summary>
public static class SenderDomains
{
    /// <summary>Id of the clause.</summary>
    public const string Clause = "sender-domain";

    /// <summary>Whether a From domain (lower-case ASCII) is one of the tenant's, or below one.</summary>
    public static bool Allow(TenantSpec tenant, string domain)
    {
        foreach (var own in tenant.SendingDomains)
        {
            if (domain.EndsWith(own, StringComparison.Ordinal) && (domain.Length == own.Length || domain[^(own.Length + 1)] == '.'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What whoever broke it is told.</summary>
    public static string Words(TenantSpec tenant) => tenant.SendingDomains.Count == 0
        ? "the tenant has no sending domain yet; the operator adds them"
        : $"must be in one of the tenant's sending domains: {string.Join(", ", tenant.SendingDomains.Take(10))}";
}
