using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Grid.Host.Api.Access;

namespace Grid.Host.Console.Access;

/// <summary>
/// Who has signed in. In: a caller whose key was found good. Out: an id of 256 random bits for a cookie; only its SHA-256 is kept here.
/// Guarantees: a session ends 30 min after its last request and 12 h after it began, and at once when its owner signs out; there are at
/// most 1,000, of one tenant 20, and a further one takes the place of the one that was idle longest: of the tenant's own, or of any tenant's
/// before an operator's.
/// </summary>
public sealed class ConsoleSessions(TimeProvider clock)
{
    /// <summary>Most sessions at once.</summary>
    public const int Most = 1000;

    /// <summary>Most sessions of one tenant at once.</summary>
    public const int MostOfTenant = 20;

    private const int IdBytes = 32;
    private const int MaxIdLength = 64;

    private readonly ConcurrentDictionary<string, ConsoleSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>Without a request for so long a session ends.</summary>
    public static TimeSpan Idle { get; } = TimeSpan.FromMinutes(30);

    /// <summary>No session lasts longer.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(12);

    /// <summary>Begins a session; the id is not kept.</summary>
    public string Begin(Caller caller)
    {
        var now = clock.GetUtcNow();
        foreach (var ended in _sessions.Where(entry => IsOver(entry.Value, now)))
        {
            _sessions.TryRemove(ended);
        }

        MakeRoom(MostOfTenant, session => session.IsTenant && session.Caller.Tenant == caller.Tenant);
        MakeRoom(Most, static _ => true);

        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
        _sessions[Hash(id)] = new(caller, now);
        return id;
    }

    /// <summary>The session of an id; null when there is none or it is over.</summary>
    /// <param name="isLive">The request was made by a page, not by its reader: it doesn't prolong the session.</param>
    public ConsoleSession? Find(string? id, bool isLive)
    {
        if (id is null or { Length: > MaxIdLength } || !_sessions.TryGetValue(Hash(id), out var session))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        if (IsOver(session, now))
        {
            _sessions.TryRemove(Hash(id), out _);
            return null;
        }

        if (!isLive)
        {
            session.LastSeen = now;
        }

        return session;
    }

    /// <summary>Ends it.</summary>
    public void End(string id) => _sessions.TryRemove(Hash(id), out _);

    private void MakeRoom(int most, Func<ConsoleSession, bool> counts)
    {
        while (_sessions.Where(entry => counts(entry.Value)).ToList() is { } all && all.Count >= most)
        {
            _sessions.TryRemove(all.MinBy(entry => (entry.Value.IsTenant ? 0 : 1, entry.Value.LastSeen)));
        }
    }

    private static bool IsOver(ConsoleSession session, DateTimeOffset now) => now - session.LastSeen >= Idle || now - session.StartedAt >= Longest;

    private static string Hash(string id) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
