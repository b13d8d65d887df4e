using System.Collections.Concurrent;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Mail.Dns;

namespace Grid.Mail.Sending;

/// <summary>
/// What: knows which domains want TLS that can't be stripped (RFC 8461). In: a domain. Out: its policy, if it has one. Guarantees: a policy holds
/// until its age is over, also while it can't be fetched or its record is gone; it is fetched anew when its record's id changes. A fetch that
/// failed isn't repeated for 5 minutes. At most 100,000 domains are remembered, in memory.
/// </summary>
public sealed class MtaSts : IStsPolicies, IDisposable
{
    private const int MostKnown = 100_000;
    private static readonly TimeSpan FetchAgain = TimeSpan.FromMinutes(5);

    private readonly IDnsResolver _resolver;
    private readonly TimeProvider _clock;
    private readonly IMtaStsSource _source;
    private readonly ConcurrentDictionary<string, (string Id, MtaStsPolicy Policy, DateTimeOffset ExpiresAt)> _policies = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, TlsResult Fault)> _failures = new(StringComparer.Ordinal);

    public MtaSts(IDnsResolver resolver, MxOptions options, TimeProvider clock)
        : this(resolver, clock, new MtaStsWeb(resolver, options))
    {
    }

    internal MtaSts(IDnsResolver resolver, TimeProvider clock, IMtaStsSource source) => (_resolver, _clock, _source) = (resolver, clock, source);

    /// <summary>The policy in force for a domain; null where it has none.</summary>
    public async ValueTask<MtaStsPolicy?> FindAsync(string domain, CancellationToken cancellationToken = default)
    {
        var now = _clock.GetUtcNow();
        var known = _policies.TryGetValue(domain, out var kept) && kept.ExpiresAt > now ? kept : ((string Id, MtaStsPolicy Policy, DateTimeOffset ExpiresAt)?)null;
        var record = await _resolver.ResolveAsync("_mta-sts." + domain, DnsType.Txt, cancellationToken).ConfigureAwait(false);
        var id = IdOf(record);
        if (id is null || id == known?.Id)
        {
            _failures.TryRemove(domain, out _);
            return known?.Policy;
        }

        if (_failures.TryGetValue(domain, out var failed) && failed.Until > now)
        {
            return known?.Policy;
        }

        var (text, fault) = await _source.FetchAsync(domain, cancellationToken).ConfigureAwait(false);
        if (text is not null && MtaStsPolicy.TryParse(text, out var policy))
        {
            MakeRoom(_policies);
            _policies[domain] = (id, policy, now + policy.MaxAge);
            _failures.TryRemove(domain, out _);
            return policy;
        }

        MakeRoom(_failures);
        _failures[domain] = (now + FetchAgain, text is null ? fault : TlsResult.StsPolicyInvalid);
        return known?.Policy;
    }

    /// <inheritdoc />
    public StsFacts? Known(string domain) =>
        _policies.TryGetValue(domain, out var kept) && kept.ExpiresAt > _clock.GetUtcNow() ? kept.Policy.Mode == MtaStsMode.None ? null : new(kept.Policy.Lines, kept.Policy.Patterns, TlsResult.Success)
        : _failures.TryGetValue(domain, out var failed) ? new([], [], failed.Fault) : null;

    public void Dispose() => (_source as IDisposable)?.Dispose();

    /// <summary>The id of the one record that says STSv1 (RFC 8461 3.1); null where there is none, or more than one.</summary>
    private static string? IdOf(DnsAnswer record)
    {
        var texts = record.Of<DnsRecord.Text>().Select(t => t.Value).Where(t => t.StartsWith("v=STSv1;", StringComparison.Ordinal) || t == "v=STSv1").ToList();
        var id = texts.Count == 1 ? texts[0].Split(';', StringSplitOptions.TrimEntries).FirstOrDefault(f => f.StartsWith("id=", StringComparison.Ordinal))?[3..] : null;
        return id is { Length: > 0 and <= 32 } && id.All(char.IsAsciiLetterOrDigit) ? id : null;
    }

    private static void MakeRoom<T>(ConcurrentDictionary<string, T> full)
    {
        // What goes is fetched again with the next mail.
        if (full.Count >= MostKnown && full.Keys.FirstOrDefault() is { } any)
        {
            full.TryRemove(any, out _);
        }
    }
}
