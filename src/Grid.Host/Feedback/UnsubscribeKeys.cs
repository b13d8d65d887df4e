using System.Security.Cryptography;
using System.Text.Json;
using Grid.Core.Feedback;
using Grid.Core.Ports;

namespace Grid.Host.Feedback;

/// <summary>
/// The secrets of unsubscribe links, kept in the store: the newest makes links, the older ones read them.
/// Guarantees: a link reads for at least <see cref="HeldFor"/> after its secret was replaced; a secret is replaced at the first start
/// after <see cref="ChangedAfter"/>; one that another process made is found when a link needs it.
/// </summary>
public sealed class UnsubscribeKeys(IRegistry registry, TimeProvider clock)
{
    /// <summary>Age at which a secret makes no more links.</summary>
    public static readonly TimeSpan ChangedAfter = TimeSpan.FromDays(90);

    /// <summary>How long a replaced secret still reads.</summary>
    public static readonly TimeSpan HeldFor = TimeSpan.FromDays(400);

    private const string Kind = "secret";
    private const string Name = "unsubscribe";
    private const string MailPurpose = "unsubscribe";
    private const int Bytes = 32;
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(10);

    private long _readAt;

    /// <summary>Tokens of https links.</summary>
    public UnsubscribeToken Links { get; private set; } = null!;

    /// <summary>Tokens of mailto links, short enough for an address.</summary>
    public MessageToken Mails { get; private set; } = null!;

    /// <summary>Reads them, makes one where there is none, replaces an old one. Before the first use.</summary>
    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        var kept = await ReadAsync(cancellationToken);
        var next = Next(kept, clock.GetUtcNow(), static () => RandomNumberGenerator.GetBytes(Bytes));
        if (!ReferenceEquals(next, kept))
        {
            await registry.WriteAsync(Kind, Name, JsonSerializer.Serialize(next), cancellationToken);
        }

        Use(next);
    }

    /// <summary>Reads them again, at most every 10 s: a token that doesn't read may be of another process' newer secret.</summary>
    public async ValueTask<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        if (clock.GetElapsedTime(Volatile.Read(ref _readAt)) < ReadAgainAfter)
        {
            return false;
        }

        Use(await ReadAsync(cancellationToken));
        return true;
    }

    /// <summary>What to keep from now on, newest first; the same list where nothing changes.</summary>
    internal static IReadOnlyList<DatedSecret> Next(IReadOnlyList<DatedSecret> kept, DateTimeOffset now, Func<byte[]> make)
    {
        // A secret was replaced when the one before it in the list was made.
        var isHeld = kept.Where((_, i) => i == 0 || now - kept[i - 1].MadeAt <= HeldFor).ToArray();
        if (kept.Count > 0 && now - kept[0].MadeAt < ChangedAfter)
        {
            return isHeld.Length == kept.Count ? kept : isHeld;
        }

        return [new(make(), now), .. isHeld];
    }

    private async ValueTask<IReadOnlyList<DatedSecret>> ReadAsync(CancellationToken cancellationToken) =>
        await registry.ReadAsync(Kind, Name, cancellationToken) is { } json ? JsonSerializer.Deserialize<DatedSecret[]>(json) ?? [] : [];

    private void Use(IReadOnlyList<DatedSecret> secrets)
    {
        Volatile.Write(ref _readAt, clock.GetTimestamp());
        Links = new([.. secrets.Select(secret => secret.Key)]);
        Mails = new(secrets[0].Key, MailPurpose, [.. secrets.Skip(1).Select(secret => secret.Key)]);
    }
}
