using System.Collections.Concurrent;
using System.Security.Cryptography;
using Grid.Core.Ports;
using Grid.Mail.Dkim;

namespace Grid.Host.Ingress;

/// <summary>
/// The keys that sign for each tenant, for the hot path: what the store had at most 30 s ago, and at once after a change made in this
/// process. While the store can't be read, what is known holds. Holds at most 10,000 tenants and keys; beyond that it begins anew.
/// A key that can't be opened, as the secret was changed, signs nothing, and the log says so.
/// </summary>
public sealed partial class SigningKeys(IDkimKeys store, KeySeal seal, TimeProvider clock, ILogger<SigningKeys> log)
{
    private const int MaxKnown = 10_000;
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);
    private static readonly Dictionary<string, DkimSigningKey> None = [];

    private readonly ConcurrentDictionary<string, (IReadOnlyDictionary<string, DkimSigningKey> Keys, long ReadAt)> _tenants = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Domain, string Selector), DkimSigningKey> _opened = new();
    private long _changes;

    /// <summary>A tenant's active keys by domain; empty where it has none.</summary>
    public ValueTask<IReadOnlyDictionary<string, DkimSigningKey>> OfAsync(string tenant, CancellationToken cancellationToken) =>
        _tenants.TryGetValue(tenant, out var known) && clock.GetElapsedTime(known.ReadAt) < MaxAge ? new(known.Keys) : ReadAsync(tenant, cancellationToken);

    /// <summary>A tenant's keys were changed: the next look reads them again.</summary>
    public void Forget(string tenant)
    {
        Interlocked.Increment(ref _changes);
        _tenants.TryRemove(tenant, out _);
    }

    private async ValueTask<IReadOnlyDictionary<string, DkimSigningKey>> ReadAsync(string tenant, CancellationToken cancellationToken)
    {
        var (readAt, changes) = (clock.GetTimestamp(), Interlocked.Read(ref _changes));
        IReadOnlyList<StoredDkimKey> stored;
        try
        {
            stored = await store.ListAsync(tenant, cancellationToken);
        }
        catch (StoreUnavailableException) when (_tenants.TryGetValue(tenant, out var known))
        {
            return known.Keys;
        }

        var keys = None;
        foreach (var key in stored.Where(key => key.State == DkimKeyState.Active))
        {
            if (Open(key) is { } opened)
            {
                keys = ReferenceEquals(keys, None) ? new(StringComparer.Ordinal) : keys;
                keys[key.Domain] = opened;
            }
        }

        if (_tenants.Count >= MaxKnown)
        {
            _tenants.Clear();
        }

        _tenants[tenant] = (keys, readAt);
        if (Interlocked.Read(ref _changes) != changes)
        {
            // What was read may be older than the change.
            _tenants.TryRemove(tenant, out _);
        }

        return keys;
    }

    private DkimSigningKey? Open(StoredDkimKey key)
    {
        if (_opened.TryGetValue((key.Domain, key.Selector), out var known))
        {
            return known;
        }

        var name = DkimKeyPair.RecordName(key.Selector, key.Domain);
        if (!seal.TryOpen(key.SealedKey.Span, name, out var privateKey))
        {
            LogSealed(name);
            return null;
        }

        if (_opened.Count >= MaxKnown)
        {
            _opened.Clear();
        }

        try
        {
            return _opened[(key.Domain, key.Selector)] = new(key.Domain, key.Selector, privateKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(privateKey);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The private key of {Name} can't be opened: it was sealed with another secret (Grid:Dkim:Secret). Mail goes without its signature; make a new key")]
    private partial void LogSealed(string name);
}
