using Grid.Contracts.Enforcement;
using Grid.Core.Ingress;
using Grid.Core.Outcomes;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>What a tenant may look like.</summary>
public static class TenantRules
{
    /// <summary>Most sending domains of one tenant.</summary>
    public const int MaxSendingDomains = 100;

    private const int MaxName = 200;
    private const int MaxProfileText = 500;

    /// <summary>The tenant as its grain takes it; worthless where there are faults.</summary>
    public static TenantSpec Read(string id, TenantRequest request, Faults faults)
    {
        if (!SubjectNames.IsTenant(id))
        {
            faults.Add("tenant", SubjectNames.TenantRule);
        }

        var limits = request.Limits;
        return new(
            faults.Text("name", request.Name, MaxName),
            faults.OptionalText("policy", request.Policy, 64) ?? "default",
            ReadPool(request.Pool, faults),
            request.Profile is { } profile ? ReadProfile(profile, faults) : null,
            new(
                faults.OptionalRate("limits.maxRate", limits?.MaxRate),
                faults.OptionalCount("limits.messagesPerHour", limits?.MessagesPerHour),
                faults.OptionalCount("limits.messagesPerDay", limits?.MessagesPerDay)),
            ReadDomains(request.SendingDomains ?? [], faults))
        {
            Sandbox = request.Sandbox ?? false,
            Parent = ReadParent(id, request.Parent, faults),
        };
    }

    private static string? ReadParent(string id, string? parent, Faults faults)
    {
        if (parent is not null && (!SubjectNames.IsTenant(parent) || parent == id))
        {
            faults.Add("parent", "must be another tenant");
        }

        return parent;
    }

    /// <summary>A pool's name; default where none is given.</summary>
    public static string ReadPool(string? pool, Faults faults, string field = "pool")
    {
        if (pool is not null && (pool.Length is 0 or > 64 || !pool.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')))
        {
            faults.Add(field, "must be 1 to 64 letters, digits or hyphens");
        }

        if (pool == MailboxSimulator.Pool)
        {
            faults.Add(field, "is the sandbox's own name; a tenant with sandbox: true is in it");
        }

        return pool ?? "default";
    }

    private static TenantProfile ReadProfile(TenantProfileBody profile, Faults faults) => new(
        faults.OptionalText("profile.company", profile.Company, MaxProfileText) ?? "",
        ReadLines("profile.postalAddress", profile.PostalAddress, faults),
        faults.OptionalText("profile.website", profile.Website, MaxProfileText) ?? "",
        faults.OptionalText("profile.contactEmail", profile.ContactEmail, MaxProfileText) ?? "",
        faults.OptionalText("profile.country", profile.Country, MaxProfileText) ?? "");

    /// <summary>A postal address may have lines.</summary>
    private static string ReadLines(string field, string? value, Faults faults) =>
        faults.OptionalText(field, value?.ReplaceLineEndings(", "), MaxProfileText) ?? "";

    private static List<string> ReadDomains(IReadOnlyList<string?> given, Faults faults)
    {
        if (given.Count > MaxSendingDomains)
        {
            faults.Add("sendingDomains", $"must be at most {MaxSendingDomains} domains");
            return [];
        }

        var domains = new List<string>(given.Count);
        for (var i = 0; i < given.Count; i++)
        {
            if (!SubjectKeys.TryDomain(given[i], out var domain))
            {
                faults.Add($"sendingDomains[{i}]", SubjectNames.DomainRule);
            }
            else if (!domains.Contains(domain))
            {
                domains.Add(domain);
            }
        }

        return domains;
    }
}
