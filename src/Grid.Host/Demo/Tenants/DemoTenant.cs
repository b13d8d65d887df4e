namespace Grid.Host.Demo.Tenants;

/// <summary>A customer of the demo, and how well it keeps its list.</summary>
/// <param name="Id">Tenant id.</param>
/// <param name="Name">What it is.</param>
/// <param name="PerSecond">Messages that it hands over a second.</param>
internal sealed record DemoTenant(string Id, string Name, int PerSecond)
{
    /// <summary>Domain that it sends from.</summary>
    public string Domain => Id + ".example";

    /// <summary>Subject of its messages.</summary>
    public required string Subject { get; init; }

    /// <summary>Its delivery limit, such as "20/s"; null = none.</summary>
    public string? MaxRate { get; init; }

    /// <summary>Of so many messages one is transactional; 0: none.</summary>
    public int TransactionalOneIn { get; init; }

    /// <summary>So many messages go to its own, clean list before the list described below comes in.</summary>
    public int OwnList { get; init; }

    /// <summary>Recipients of a thousand who don't exist.</summary>
    public int GonePerMille { get; init; }

    /// <summary>Of so many recipients one complains; 0: none.</summary>
    public int AngryOneIn { get; init; }
}
