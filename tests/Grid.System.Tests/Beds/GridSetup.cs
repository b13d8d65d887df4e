using System.Globalization;

namespace Grid.System.Tests.Beds;

/// <summary>How a grid under test is to be configured.</summary>
public sealed class GridSetup
{
    /// <summary>All mail goes to that port on loopback.</summary>
    public static GridSetup RoutedTo(int port) => new GridSetup().Route("*", port);

    /// <summary>Options as in the environment: <c>Grid__Data</c>.</summary>
    public Dictionary<string, string> Settings { get; } = new() { ["Grid__ShutdownSeconds"] = "10" };

    public GridStoreKind Store { get; set; }

    /// <summary>Port of the inbound listener; 0: a free one.</summary>
    public int InboundPort { get; set; }

    /// <summary>Where the data folder is to be; null: a temporary one.</summary>
    public string? Folder { get; set; }

    private int Routes { get; set; }

    /// <summary>Mail for a domain goes to that port on loopback.</summary>
    public GridSetup Route(string domain, int port)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"Grid__Routes__{Routes++}__");
        Settings[prefix + "Domain"] = domain;
        Settings[prefix + "Host"] = "127.0.0.1";
        Settings[prefix + "Port"] = port.ToString(CultureInfo.InvariantCulture);
        Settings[prefix + "Tls"] = "none";
        return this;
    }

    public GridSetup With(string name, string value)
    {
        Settings[name] = value;
        return this;
    }

    /// <summary>What comes back comes to that port.</summary>
    public GridSetup On(int inboundPort)
    {
        InboundPort = inboundPort;
        return this;
    }

    public GridSetup On(GridStoreKind store)
    {
        Store = store;
        return this;
    }
}
