using System.Net;

namespace Grid.Host.Options;

/// <summary>Networks whose hosts are believed when they say for whom they speak. Default: none.</summary>
internal static class ProxyNetworks
{
    private const string Rule = "networks such as 10.0.0.0/8 or fd00::/8, or single addresses, and never all there are";

    /// <summary>One option with a comma between networks, or one entry a network.</summary>
    public static IReadOnlyList<IPNetwork> Read(OptionsReader reader, string key)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in reader.Text(key)?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        {
            if (TryRead(text, out var network))
            {
                networks.Add(network!.Value);
            }
            else
            {
                reader.Refuse(key, Rule, text);
            }
        }

        networks.AddRange(reader.Entries(key, [], entry => reader.Parse<IPNetwork?>(entry, null, Rule, TryRead) is { } network ? new One(network) : null).Select(one => one.Network));
        return networks;
    }

    /// <summary>Whoever trusts every address has each client say who it is; and peers are compared in their own form, never as mapped ones.</summary>
    private static bool TryRead(string text, out IPNetwork? value)
    {
        var read = OptionTexts.TryNetwork(text, out var network) && network.PrefixLength > 0 && !network.BaseAddress.IsIPv4MappedToIPv6;
        value = read ? network : null;
        return read;
    }

    private sealed record One(IPNetwork Network);
}
