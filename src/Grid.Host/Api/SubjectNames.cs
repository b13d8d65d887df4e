using Grid.Core.Ingress;

namespace Grid.Host.Api;

/// <summary>What is said of names of subjects that are none.</summary>
internal static class SubjectNames
{
    public const string TenantRule = "must be 1 to 63 of a-z, 0-9 and '-', and begin with a letter or digit";
    public const string DomainRule = "must be a domain name such as example.com";
    public const string IpRule = "must be an IP address";

    public static bool IsTenant(string? id) => id is not null && TenantIdRule.IsValid(id);
}
