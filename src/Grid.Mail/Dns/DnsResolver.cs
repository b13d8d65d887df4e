using System.Collections.Concurrent;
using System.Net;

namespace Grid.Mail.Dns;

/// <summary>
/// What: looks names up at recursive resolvers. In: a name and a type. Out: an answer, from the cache where one still holds. Guarantees:
/// one question at a time for a name and type, whoever asks; answers are believed only for the question that was put, and only along
/// its own chain of CNAMEs, of at most eight; memory and questions on the wire are bounded; every look-up ends. Fails: with
/// ServerFailure, which is remembered for a few seconds. Truncated answers are fetched over TCP; a server that doesn't know EDNS(0) is asked without.
/// </summary>
public sealed class DnsResolver : IDnsResolver
{
    private const int LongestChain = 8;

    private readonly DnsOptions _options;
    private readonly TimeProvider _clock;
    private readonly IDnsExchange _exchange;
    private readonly DnsServerHealth _health;
    private readonly DnsCache _cache;
    private readonly SemaphoreSlim _places;
    private readonly ConcurrentDictionary<(string Name, DnsType Type), Lazy<Task<DnsAnswer>>> _asking = new();

    public DnsResolver(DnsOptions options, TimeProvider clock)
        : this(options, clock, new DnsSockets(clock))
    {
    }

    internal DnsResolver(DnsOptions options, TimeProvider clock, IDnsExchange exchange)
    {
        (_options, _clock, _exchange) = (options, clock, exchange);
        _health = new(options.Servers, clock);
        _cache = new(options.CacheEntries, options.CacheBytes, clock);
        _places = new(options.MostQuestions);
    }

    internal DnsCache Cache => _cache;

    /// <inheritdoc />
    public ValueTask<DnsAnswer> ResolveAsync(string name, DnsType type, CancellationToken cancellationToken = default)
    {
        if (!DnsName.TryParse(name, out var normal))
        {
            return new(new DnsAnswer(DnsStatus.NameError, name, [], false, _clock.GetUtcNow(), "it can't be a name"));
        }

        if (_cache.Find(normal, type) is { } known)
        {
            return new(known);
        }

        // A look-up that several wait for isn't ended by one of them; it ends by itself.
        var asking = _asking.GetOrAdd((normal, type), static (key, self) => new(() => self.LookUpAsync(key.Name, key.Type)), this);
        return new(asking.Value.WaitAsync(cancellationToken));
    }

    private async Task<DnsAnswer> LookUpAsync(string name, DnsType type)
    {
        await Task.Yield();
        using var patience = new CancellationTokenSource(_options.Longest, _clock);
        try
        {
            var answer = await FollowAsync(name, type, patience.Token).ConfigureAwait(false);
            _cache.Keep(name, type, answer);
            return answer;
        }
        catch (OperationCanceledException)
        {
            var late = Failed(name, $"no answer within {_options.Longest.TotalSeconds:0.#} s");
            _cache.Keep(name, type, late);
            return late;
        }
        finally
        {
            _asking.TryRemove((name, type), out _);
        }
    }

    /// <summary>Asks for the name, and for the end of its chain where the answer has only the beginning.</summary>
    private async ValueTask<DnsAnswer> FollowAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        var (at, authenticated, longest) = (name, true, TimeSpan.MaxValue);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
            (DnsMessage? Message, string Fault) found;
            try
            {
                found = await AskAllAsync(at, type, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _places.Release();
            }

            if (found.Message is not { } message)
            {
                return Failed(at, found.Fault);
            }

            authenticated &= message.Authenticated;
            var asked = at;
            while (message.Answers.FirstOrDefault(e => e.Owner == at && e.Type == DnsType.Cname) is { Record: DnsRecord.Name alias } step && type != DnsType.Cname)
            {
                longest = step.Ttl < longest ? step.Ttl : longest;
                if (!seen.Add(at) || seen.Count > LongestChain)
                {
                    return Failed(name, $"its chain of CNAMEs does not end within {LongestChain}");
                }

                at = alias.Value;
            }

            var entries = message.Answers.Where(e => e.Owner == at && e.Type == type).ToList();
            if (entries.Count > 0)
            {
                var ttl = entries.Min(e => e.Ttl);
                return new(DnsStatus.Found, at, [.. entries.Select(e => e.Record).Distinct()], authenticated, Until(ttl < longest ? ttl : longest));
            }

            if (message.ResponseCode == DnsMessage.NoError && at != asked && message.Negative is null)
            {
                // The server says where the name leads and not what is there.
                if (!DnsName.TryParse(at, out _))
                {
                    return new(DnsStatus.NameError, at, [], authenticated, Until(longest));
                }

                continue;
            }

            // Without the zone's own word for how long "there is none" holds it isn't kept (RFC 2308 5).
            var none = message.Negative is { } negative && DnsName.IsWithin(at, negative.Zone) ? negative.Ttl : TimeSpan.Zero;
            return new(message.ResponseCode == DnsMessage.NameError ? DnsStatus.NameError : DnsStatus.NoData, at, [], authenticated, Until(none < longest ? none : longest));
        }
    }

    /// <summary>Asks one server after the other, in rounds, until one has an answer.</summary>
    private async ValueTask<(DnsMessage? Message, string Fault)> AskAllAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        var fault = "no server is configured";
        var timeout = _options.FirstTimeout;
        for (var round = 0; round < _options.Rounds; round++, timeout *= 2)
        {
            var silence = false;
            foreach (var server in _health.Order())
            {
                var reply = await AskAsync(server, name, type, timeout, cancellationToken).ConfigureAwait(false);
                _health.Note(server, reply.Silent);
                silence |= reply.Silent;
                if (reply.Message is { ResponseCode: DnsMessage.NoError or DnsMessage.NameError } message)
                {
                    return (message, "");
                }

                fault = reply.Message is { } refusal ? $"{server} answered {Code(refusal.ResponseCode)}" : reply.Fault;
            }

            // Who said that it can't will say so again; only what may have been lost is worth another round.
            if (!silence)
            {
                break;
            }
        }

        return (null, fault);
    }

    private async ValueTask<DnsReply> AskAsync(IPEndPoint server, string name, DnsType type, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var reply = await _exchange.AskAsync(server, new(name, type, extended: true), overTcp: false, timeout, cancellationToken).ConfigureAwait(false);
        var extended = reply.Message?.ResponseCode is not (DnsMessage.FormatError or DnsMessage.NotImplemented or DnsMessage.BadVersion);
        if (!extended)
        {
            reply = await _exchange.AskAsync(server, new(name, type, extended: false), overTcp: false, timeout, cancellationToken).ConfigureAwait(false);
        }

        return reply.RetryOverTcp || reply.Message is { Truncated: true }
            ? await _exchange.AskAsync(server, new(name, type, extended), overTcp: true, timeout, cancellationToken).ConfigureAwait(false)
            : reply;
    }

    private DnsAnswer Failed(string name, string why) => new(DnsStatus.ServerFailure, name, [], false, Until(_options.FailureTtl), why);

    private DateTimeOffset Until(TimeSpan ttl) => _clock.GetUtcNow() + ttl;

    private static string Code(int code) => code switch { 1 => "FORMERR", 2 => "SERVFAIL", 4 => "NOTIMP", 5 => "REFUSED", _ => $"code {code}" };
}
