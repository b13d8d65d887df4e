using System.Collections.Concurrent;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Testing;

/// <summary>A world of receivers that do as a test says, without a network. Accepts everything unless told otherwise.</summary>
public sealed class ScriptedTransport : IMailTransport
{
    private int _open;
    private int _openings;
    private int _mostOpen;

    /// <summary>Whether a connection comes about: null where it does. By site and sending IP.</summary>
    public Func<string, string, SmtpReply?> Opening { get; set; } = (_, _) => null;

    /// <summary>With no connection: whose fault that is.</summary>
    public Func<string, WayOutFault> WayOut { get; set; } = _ => WayOutFault.None;

    /// <summary>What becomes of a transaction.</summary>
    public Func<ScriptedConnection, MailTransaction, ValueTask<ScriptedAnswer>> Delivering { get; set; } = (_, _) => new(ScriptedAnswer.Accepts);

    /// <summary>Whether the next transaction is asked for while the body is written.</summary>
    public bool Pipelines { get; set; }

    /// <summary>Attempts to connect.</summary>
    public int Openings => Volatile.Read(ref _openings);

    /// <summary>Connections that stand.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Most connections that ever stood at once.</summary>
    public int MostOpen => Volatile.Read(ref _mostOpen);

    /// <summary>Recipients told 250, in order.</summary>
    public ConcurrentQueue<string> Accepted { get; } = new();

    /// <summary>Transactions begun, in order.</summary>
    public ConcurrentQueue<MailTransaction> Begun { get; } = new();

    /// <inheritdoc />
    public ValueTask<OpenedConnection> OpenAsync(SiteRoute route, string sourceIp, string ehlo, string? proxy, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _openings);
        if (Opening(route.Site, sourceIp) is { } failure)
        {
            return new(new OpenedConnection(null, failure) { WayOut = WayOut(sourceIp) });
        }

        var open = Interlocked.Increment(ref _open);
        for (var most = MostOpen; open > most && Interlocked.CompareExchange(ref _mostOpen, open, most) != most; most = MostOpen)
        {
        }

        return new(new OpenedConnection(new ScriptedConnection(this, route.Site, sourceIp), null));
    }

    internal void Closed() => Interlocked.Decrement(ref _open);
}
