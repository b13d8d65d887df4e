using Grid.Core.Ingress;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Model;
using Grid.Host.Ingress;

namespace Grid.Host.Api;

/// <summary>Makes an entry of fields as they are given, in JSON or in a line of an import.</summary>
internal static class SuppressionFields
{
    private const int MaxDetail = 500;

    /// <summary>The entry; null after a fault.</summary>
    public static Suppression? Read(string tenant, string by, SuppressionImportLine given, DateTimeOffset now, Faults faults)
    {
        if (!AddressNormalForm.TryNormalise(given.Address ?? "", out var normal))
        {
            faults.Add("address", "must be an address such as a@b.example");
        }

        if (!TryReason(given.Reason, out var reason))
        {
            faults.Add("reason", "must be complaint, hardBounce, unsubscribe or manual");
        }

        if (given.Scope is not (null or "all" or "bulk"))
        {
            faults.Add("scope", "must be all or bulk");
        }

        var at = now;
        if (given.At is not null && (!Instants.TryParse(given.At, out at) || at > now))
        {
            faults.Add("at", Instants.Rule + ", and not in the future");
        }

        var detail = faults.OptionalText("detail", given.Detail, MaxDetail);
        if (!faults.None)
        {
            return null;
        }

        var isBulk = given.Scope is null ? reason == SuppressionReason.Unsubscribe : given.Scope == "bulk";
        return new(tenant, normal, reason, at, by, detail) { Scope = isBulk ? SuppressionScope.Bulk : SuppressionScope.All };
    }

    private static bool TryReason(string? text, out SuppressionReason reason)
    {
        (var known, reason) = text switch
        {
            null or "manual" => (true, SuppressionReason.Manual),
            "complaint" => (true, SuppressionReason.Complaint),
            "hardBounce" => (true, SuppressionReason.HardBounce),
            "unsubscribe" => (true, SuppressionReason.Unsubscribe),
            _ => (false, default),
        };
        return known;
    }
}
