using System.Net;

namespace Grid.Host.Options;

/// <summary>How mail exchangers are found: <c>Grid:Dns:*</c>.</summary>
public sealed record DnsSettings
{
    /// <summary>Resolvers; empty: the system's.</summary>
    public required IReadOnlyList<IPEndPoint> Servers { get; init; }

    /// <summary>Mail may go to private and loopback addresses that DNS names. Default false.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>The resolvers validate DNSSEC and the way to them is safe, so that DANE (RFC 7672) is done. Default false.</summary>
    public bool Validating { get; init; }

    /// <summary>Port of mail exchangers, 1 to 65,535; others than 25 for test networks. Default 25.</summary>
    public int MxPort { get; init; } = 25;

    internal static DnsSettings Read(OptionsReader reader) => new()
    {
        Servers = ReadServers(reader),
        AllowPrivate = reader.Parse("Grid:Dns:AllowPrivate", false, "true or false", bool.TryParse),
        Validating = reader.Parse("Grid:Dns:Validating", false, "true or false", bool.TryParse),
        MxPort = reader.Integer("Grid:Dns:MxPort", 25, 1, IPEndPoint.MaxPort),
    };

    /// <summary>One option with a comma between servers, or one entry a server.</summary>
    private static List<IPEndPoint> ReadServers(OptionsReader reader)
    {
        const string Rule = "ADDRESS:PORT";
        var servers = new List<IPEndPoint>();
        foreach (var text in reader.Text("Grid:Dns:Servers")?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        {
            if (OptionTexts.TryEndPoint(text, out var server) && server.Port > 0)
            {
                servers.Add(server);
            }
            else
            {
                reader.Refuse("Grid:Dns:Servers", Rule, text);
            }
        }

        servers.AddRange(reader.Entries<IPEndPoint>("Grid:Dns:Servers", [], key =>
            reader.Parse<IPEndPoint?>(key, null, Rule, (string text, out IPEndPoint? value) => OptionTexts.TryEndPoint(text, out value!) && value.Port > 0)));
        return servers;
    }
}
