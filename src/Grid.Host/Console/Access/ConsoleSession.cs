using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Grid.Host.Api.Access;

namespace Grid.Host.Console.Access;

/// <summary>Someone who has signed in to the console. Lives in memory: a restart signs everybody out.</summary>
public sealed class ConsoleSession(Caller caller, DateTimeOffset startedAt)
{
    private const int TokenBytes = 32;
    private const int MostNotices = 5;

    private readonly Lock _gate = new();
    private readonly List<ConsoleNotice> _notices = [];

    /// <summary>As whom.</summary>
    public Caller Caller { get; } = caller;

    /// <summary>When they signed in.</summary>
    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>Their last request; those that a page makes by itself to stay live don't count.</summary>
    public DateTimeOffset LastSeen { get; set; } = startedAt;

    /// <summary>What each form of this session carries, so that no other site can post one.</summary>
    public string FormToken { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));

    /// <summary>A tenant, who sees its own pages.</summary>
    public bool IsTenant => Caller.Role == CallerRole.Tenant;

    /// <summary>May change things, not only look.</summary>
    public bool MayAct => Caller.Role == CallerRole.Operator;

    /// <summary>Whether a form is one of this session's, in a time that doesn't depend on how much of the token is right.</summary>
    public bool Owns(string? token) =>
        token is { Length: < 128 } && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(FormToken));

    /// <summary>Leaves word for the next page; of more than 5 the oldest is dropped.</summary>
    public void Tell(ConsoleNotice notice)
    {
        lock (_gate)
        {
            _notices.Add(notice);
            if (_notices.Count > MostNotices)
            {
                _notices.RemoveAt(0);
            }
        }
    }

    /// <summary>What is to be told, once.</summary>
    public IReadOnlyList<ConsoleNotice> TakeNotices()
    {
        lock (_gate)
        {
            ConsoleNotice[] notices = [.. _notices];
            _notices.Clear();
            return notices;
        }
    }
}
