using System.Globalization;
using Grid.Core.Ports;
using Grid.Mail.Dkim;

namespace Grid.Host.Ingress;

/// <summary>
/// The life of signing keys. In: wishes of operators and tenants. Out: keys that are made, looked up in the DNS, put to work, retired.
/// Guarantees: a key signs only after its record was seen in the DNS, or an operator said so; when one begins to sign the one before it
/// stops, and its private half is erased, while its record is to stay for the mail under way; one pending key a domain, at most
/// <see cref="MaxKeys"/> in all. Fails as the store does.
/// </summary>
public sealed class DomainKeys(IDkimKeys store, SigningKeys signing, KeySeal seal, ITextRecords records, TimeProvider clock)
{
    /// <summary>Owner of keys that sign all mail.</summary>
    public const string Platform = "*";

    /// <summary>Keys of one domain and tenant, retired ones included.</summary>
    public const int MaxKeys = 10;

    /// <summary>How long a retired key's record is to stay published: the longest that mail is tried, and time to be read.</summary>
    public static readonly TimeSpan KeepPublished = TimeSpan.FromDays(10);

    private readonly SemaphoreSlim _making = new(1);

    /// <summary>All keys of an owner.</summary>
    public ValueTask<IReadOnlyList<StoredDkimKey>> ListAsync(string owner, CancellationToken cancellationToken) => store.ListAsync(owner, cancellationToken);

    /// <summary>Makes a key, pending until it is published; where one signs already, this is the first step of its rotation.</summary>
    public async ValueTask<KeyChange> MakeAsync(string owner, string domain, CancellationToken cancellationToken)
    {
        // One at a time: making a key costs a tenth of a second, and the rules below are looked up first.
        await _making.WaitAsync(cancellationToken);
        try
        {
            var keys = (await store.ListAsync(owner, cancellationToken)).Where(key => key.Domain == domain).ToList();
            if (keys.Find(key => key.State == DkimKeyState.Pending) is { } pending)
            {
                return new KeyChange.Refused($"{pending.Selector} is pending already: publish its record or delete it");
            }

            if (keys.Count >= MaxKeys)
            {
                return new KeyChange.Refused($"{domain} has {MaxKeys} keys: delete retired ones");
            }

            var pair = await Task.Run(DkimKeyPair.Make, cancellationToken);
            var now = clock.GetUtcNow();
            foreach (var suffix in "abcdefghijklmnopqrstuvwxyz")
            {
                var selector = string.Create(CultureInfo.InvariantCulture, $"g{now.UtcDateTime:yyyyMMdd}{suffix}");
                var key = new StoredDkimKey(owner, domain, selector, DkimKeyState.Pending, now, now, pair.PublicKey, seal.Seal(pair.PrivateKey, DkimKeyPair.RecordName(selector, domain)));
                if (await store.AddAsync(key, cancellationToken))
                {
                    return new KeyChange.Done(key);
                }
            }

            return new KeyChange.Refused($"{domain} has had 26 keys today: make the next tomorrow");
        }
        finally
        {
            _making.Release();
        }
    }

    /// <summary>Looks the key's record up; a pending key whose record is right begins to sign.</summary>
    public async ValueTask<KeyChange> CheckAsync(StoredDkimKey key, CancellationToken cancellationToken)
    {
        var words = await records.FindAsync(DkimKeyPair.RecordName(key.Selector, key.Domain), cancellationToken) switch
        {
            TextAnswer.Found found when found.Records.Any(record => DkimKeyPair.IsPublishedBy(record, key.PublicKey.Span)) => null,
            TextAnswer.Found => "the name has a record, and it is not this key's",
            TextAnswer.None => "the name has no TXT record",
            TextAnswer.Unavailable unavailable => "the DNS could not be asked: " + unavailable.Words,
            var other => throw new InvalidOperationException($"the look-up answered {other}"),
        };
        await store.NoteCheckAsync(key.Tenant, key.Domain, key.Selector, clock.GetUtcNow(), words, cancellationToken);
        return words is null && key.State == DkimKeyState.Pending
            ? await ActivateAsync(key, cancellationToken)
            : new KeyChange.Done(key with { CheckedAt = clock.GetUtcNow(), CheckWords = words });
    }

    /// <summary>A pending key begins to sign, seen in the DNS or not.</summary>
    public async ValueTask<KeyChange> ActivateAsync(StoredDkimKey key, CancellationToken cancellationToken)
    {
        var done = await store.ActivateAsync(key.Tenant, key.Domain, key.Selector, clock.GetUtcNow(), cancellationToken);
        signing.Forget(key.Tenant);
        return done ? await FindAsync(key, cancellationToken) : new KeyChange.Refused("only a pending key can begin to sign");
    }

    /// <summary>The key stops to sign, with none in its place.</summary>
    public async ValueTask<KeyChange> RetireAsync(StoredDkimKey key, CancellationToken cancellationToken)
    {
        var done = await store.RetireAsync(key.Tenant, key.Domain, key.Selector, clock.GetUtcNow(), cancellationToken);
        signing.Forget(key.Tenant);
        return done ? await FindAsync(key, cancellationToken) : new KeyChange.Refused("only a key that signs can be retired");
    }

    /// <summary>Forgets a key that doesn't sign.</summary>
    public async ValueTask<KeyChange> RemoveAsync(StoredDkimKey key, CancellationToken cancellationToken) =>
        await store.RemoveAsync(key.Tenant, key.Domain, key.Selector, cancellationToken) ? new KeyChange.Done(key) : new KeyChange.Refused("the key signs: retire it first, or make another");

    private async ValueTask<KeyChange> FindAsync(StoredDkimKey key, CancellationToken cancellationToken) =>
        (await store.ListAsync(key.Tenant, cancellationToken)).FirstOrDefault(k => k.Domain == key.Domain && k.Selector == key.Selector) is { } now ? new KeyChange.Done(now) : new KeyChange.NoSuch();
}
