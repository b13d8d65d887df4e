using System.Collections.Concurrent;
using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Host.Ingress;

/// <summary>
/// Consent records for the hot path. In: a tenant, a message's facts. Out: the facts with what is on record of each recipient. Guarantees: a copy
/// of a record is at most <see cref="MaxAge"/> old, and renewed at once after a change made in this process; holds at most
/// <see cref="MaxAddresses"/> addresses, and begins anew beyond that; a policy that asks nothing of consent costs nothing.
/// </summary>
public sealed class ConsentBook(IConsents consents, TimeProvider clock)
{
    /// <summary>Addresses that are held at most.</summary>
    public const int MaxAddresses = 100_000;

    /// <summary>How old a copy may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string Tenant, string Address), (IReadOnlyList<ConsentRecord> Records, long ReadAt)> _known = new();
    private int _held;

    /// <summary>The facts; unchanged where nothing is on record of any recipient.</summary>
    public async ValueTask<MessageFacts> WithRecordsAsync(string tenant, EnforcementPolicy policy, MessageFacts facts, CancellationToken cancellationToken)
    {
        if (!policy.Message.Any(clause => clause.AsksConsent))
        {
            return facts;
        }

        var addresses = new string[facts.Recipients.Count];
        for (var i = 0; i < addresses.Length; i++)
        {
            addresses[i] = AddressNormalForm.TryNormalise(facts.Recipients[i].Address, out var normal) ? normal : "";
        }

        var records = await FindAsync(tenant, addresses, cancellationToken);
        return records.Count == 0 ? facts : facts with { ConsentOf = [.. addresses.Select(address => ConsentLookUp.Of(facts.Consent, records.GetValueOrDefault(address) ?? [], facts.Topic))] };
    }

    /// <summary>Something about an address was changed here: the next look reads it again.</summary>
    public void Forget(string tenant, string address)
    {
        if (_known.TryRemove((tenant, address), out _))
        {
            Interlocked.Decrement(ref _held);
        }
    }

    /// <summary>By address; those without a record are left out.</summary>
    private async ValueTask<Dictionary<string, IReadOnlyList<ConsentRecord>>> FindAsync(string tenant, string[] addresses, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, IReadOnlyList<ConsentRecord>>(StringComparer.Ordinal);
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var address in addresses)
        {
            if (!_known.TryGetValue((tenant, address), out var known) || clock.GetElapsedTime(known.ReadAt) >= MaxAge)
            {
                unknown.Add(address);
            }
            else if (known.Records.Count > 0)
            {
                found[address] = known.Records;
            }
        }

        var readAt = clock.GetTimestamp();
        foreach (var some in unknown.Chunk(IConsents.MaxAtOnce))
        {
            var stored = (await consents.FindAsync(tenant, some, cancellationToken)).ToLookup(record => record.Address, StringComparer.Ordinal);
            foreach (var address in some)
            {
                var records = stored[address].ToArray();
                Keep(tenant, address, records, readAt);
                if (records.Length > 0)
                {
                    found[address] = records;
                }
            }
        }

        return found;
    }

    private void Keep(string tenant, string address, IReadOnlyList<ConsentRecord> records, long readAt)
    {
        if (Volatile.Read(ref _held) >= MaxAddresses)
        {
            _known.Clear();
            Volatile.Write(ref _held, 0);
        }

        if (_known.TryAdd((tenant, address), (records, readAt)))
        {
            Interlocked.Increment(ref _held);
        }
        else
        {
            _known[(tenant, address)] = (records, readAt);
        }
    }
}
