using System.Net;

namespace Grid.Host.Options;

/// <summary>Clients of this network submit without AUTH as that tenant.</summary>
/// <param name="Network">CIDR, or one address.</param>
/// <param name="Tenant">Tenant id.</param>
public sealed record TrustedNetwork(IPNetwork Network, string Tenant)
{
    internal static IReadOnlyList<TrustedNetwork> ReadAll(OptionsReader reader) => reader.Entries("Grid:Submission:Trusted", ["Network", "Tenant"], key =>
    {
        var network = reader.Parse<IPNetwork?>($"{key}:Network", null, "a network such as 10.0.0.0/8 or fd00::/8, or one address", (string text, out IPNetwork? value) =>
        {
            var read = OptionTexts.TryNetwork(text, out var parsed);
            value = parsed;
            return read;
        });
        if (reader.Text($"{key}:Network") is null)
        {
            reader.Miss($"{key}:Network", "a network such as 10.0.0.0/8");
        }

        var tenant = reader.Text($"{key}:Tenant");
        if (tenant is null)
        {
            reader.Miss($"{key}:Tenant", "a tenant's id");
        }

        return network is { } known && tenant is not null ? new TrustedNetwork(known, tenant) : null;
    });
}
