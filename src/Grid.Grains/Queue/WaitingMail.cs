using Grid.Core.Vocabulary;

namespace Grid.Grains.Queue;

/// <summary>What is known of one tenant's mail for one domain: how much is in memory, and what waits in the store. Guarded by ActiveWindow.</summary>
internal sealed class WaitingMail(string tenant, string domain, string pool)
{
    public string Tenant { get; } = tenant;

    public string Domain { get; } = domain;

    public string Pool { get; set; } = pool;

    /// <summary>Envelopes in memory, those being sent included.</summary>
    public int InMemory { get; set; }

    /// <summary>Those of them that the store has as waiting, too.</summary>
    public int Loaded { get; set; }

    /// <summary>When something in the store falls due next; MaxValue when nothing is known to wait.</summary>
    public DateTimeOffset NextDue { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>Up to where the store was read.</summary>
    public DateTimeOffset CursorDue { get; set; } = DateTimeOffset.MinValue;

    public EnvelopeKey CursorKey { get; set; }

    /// <summary>Earliest due time of what came to wait since the loader last began to read: its answer may be from before that.</summary>
    public DateTimeOffset Told { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>It stands in the loader's list.</summary>
    public bool Listed { get; set; }
}
