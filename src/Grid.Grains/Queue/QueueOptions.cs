namespace Grid.Grains.Queue;

/// <summary>Bounds of the queue in memory. The stored queue has none but the disk.</summary>
public sealed class QueueOptions
{
    /// <summary>Envelopes in memory, 1,000 to 1,000,000; default 20,000. Beyond, mail waits in the store.</summary>
    public int ActiveEnvelopes { get; set; } = 20_000;

    /// <summary>Envelopes in memory of one tenant for one domain, 100 to 100,000; default 2,000, so that nobody fills the memory alone.</summary>
    public int ActivePerGroup { get; set; } = 2_000;

    /// <summary>Tenants' domains of which it is known in memory when their mail in the store falls due, 1,000 to 10,000,000; default 100,000, some 40 MB. Beyond, the store is looked through again
    /// when those are loaded.</summary>
    public int WaitingGroups { get; set; } = 100_000;

    /// <summary>Bodies in memory, in bytes, 1 MiB to 4 GiB; default 128 MiB. Beyond, bodies are read again from the spool.</summary>
    public long BodyBytes { get; set; } = 128L * 1024 * 1024;
}
