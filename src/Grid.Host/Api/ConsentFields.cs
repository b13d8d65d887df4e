using Grid.Core.Ingress;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Model;
using Grid.Host.Ingress;
using Grid.Host.Options;

namespace Grid.Host.Api;

/// <summary>Makes a consent record of fields as they are given, in JSON or in a line of an import.</summary>
internal static class ConsentFields
{
    private const int MaxText = 500;
    private const int MaxWord = 100;
    private static readonly string[] Bases = ["consent", "contract", "legal-obligation", "vital-interests", "public-task", "legitimate-interests"];

    /// <summary>The record; null after a fault.</summary>
    public static ConsentRecord? Read(string tenant, string by, ConsentLine given, DateTimeOffset now, Faults faults)
    {
        if (!AddressNormalForm.TryNormalise(given.Address ?? "", out var normal))
        {
            faults.Add("address", "must be an address such as a@b.example");
        }

        if (!Instants.TryParse(given.At ?? "", out var at) || at > now)
        {
            faults.Add("at", Instants.Rule + ", and not in the future");
        }

        DateTimeOffset? revokedAt = null;
        if (given.RevokedAt is not null)
        {
            if (!Instants.TryParse(given.RevokedAt, out var revoked) || revoked > now || revoked < at)
            {
                faults.Add("revokedAt", Instants.Rule + ", not in the future and not before it was given");
            }

            revokedAt = revoked;
        }

        if (given.Ip is not null && !OptionTexts.TryAddress(given.Ip, out _))
        {
            faults.Add("ip", SubjectNames.IpRule);
        }

        if (given.Channel is not (null or "direct" or "third-party"))
        {
            faults.Add("channel", "must be direct or third-party");
        }

        if (given.Basis is not null && !Bases.Contains(given.Basis))
        {
            faults.Add("basis", $"must be one of {string.Join(", ", Bases)}");
        }

        var record = new ConsentRecord
        {
            Tenant = tenant,
            Address = normal,
            Topic = faults.OptionalText("topic", given.Topic, MaxWord) ?? "",
            Method = faults.Text("method", given.Method, MaxWord).ToLowerInvariant(),
            At = at,
            Ip = given.Ip,
            Source = faults.OptionalText("source", given.Source, MaxText),
            Evidence = faults.OptionalText("evidence", given.Evidence, MaxText),
            Channel = given.Channel,
            PreTicked = given.PreTicked,
            Notice = faults.OptionalText("notice", given.Notice, MaxText),
            List = faults.OptionalText("list", given.List, MaxWord) ?? "",
            Basis = given.Basis ?? "consent",
            GivenTo = faults.OptionalText("givenTo", given.GivenTo, MaxText),
            RevokedAt = revokedAt,
            RevokedBy = revokedAt is null ? null : by,
            RecordedAt = now,
            By = by,
        };
        return faults.None ? record : null;
    }
}
