namespace Grid.Storage.Feedback;

/// <summary>
/// Tells without I/O that an address is surely not suppressed; "maybe" otherwise, wrongly for fewer than one address in 500.
/// A Bloom filter that grows by layers, each twice as large as the last: 12 bits for an entry, entries are never taken out.
/// Many readers and writers at once. The hash is seeded at random, so that nobody can choose addresses that collide.
/// </summary>
internal sealed class AddressFilter
{
    private const int FirstCapacity = 16_384;
    private const int BitsPerEntry = 12;
    private const int Probes = 8;

    private readonly ulong _seed = (ulong)Random.Shared.NextInt64();
    private readonly Lock _gate = new();
    private volatile ulong[][] _layers = [new ulong[FirstCapacity * BitsPerEntry / 64]];
    private int _inLast;

    public void Add(string tenant, string address)
    {
        var hash = Hash(tenant, address);
        lock (_gate)
        {
            var last = _layers[^1];
            if (_inLast >= (long)last.Length * 64 / BitsPerEntry)
            {
                last = new ulong[last.Length * 2];
                _layers = [.. _layers, last];
                _inLast = 0;
            }

            _inLast++;
            var step = (hash >> 32) | 1;
            for (var i = 0; i < Probes; i++, hash += step)
            {
                var bit = hash % ((ulong)last.Length * 64);
                Interlocked.Or(ref last[bit >> 6], 1UL << (int)(bit & 63));
            }
        }
    }

    /// <summary>False: surely not added.</summary>
    public bool MayContain(string tenant, string address)
    {
        var hash = Hash(tenant, address);
        foreach (var layer in _layers)
        {
            if (Holds(layer, hash))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Holds(ulong[] layer, ulong hash)
    {
        var step = (hash >> 32) | 1;
        for (var i = 0; i < Probes; i++, hash += step)
        {
            var bit = hash % ((ulong)layer.Length * 64);
            if ((Volatile.Read(ref layer[bit >> 6]) & (1UL << (int)(bit & 63))) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private ulong Hash(string tenant, string address)
    {
        var hash = Fold(Fold(_seed, tenant) ^ 0x9E3779B97F4A7C15, address);
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return hash ^ (hash >> 33);
    }

    private static ulong Fold(ulong hash, string text)
    {
        foreach (var c in text)
        {
            hash = (hash ^ c) * 0x100000001B3;
        }

        return hash;
    }
}
