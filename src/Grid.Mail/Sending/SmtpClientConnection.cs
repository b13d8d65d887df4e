using System.Net;
using System.Net.Sockets;
using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>
/// A connection to one receiver, ready for transactions.
/// In: transactions, one at a time; while one's message is being written the next may be handed over, and its MAIL, RCPT and DATA leave in the
/// same write (RFC 2920, 3.1), so that a message costs one round trip.
/// Out: one final reply per recipient.
/// Guarantees: replies to a pipelined group are all read before any is judged; no message is sent without an accepted recipient; the receiver's
/// acceptance is reported the instant it was read; a transaction begun but not answered when the connection went is told apart from an attempt.
/// Fails: a refused command leaves the connection good; a lost connection, a time-out, a 421 or a breach of the protocol ends it, and the
/// reason stands in the replies. Nothing but misuse throws. Not for concurrent use; <see cref="DisposeAsync"/> may come at any time and never throws.
/// </summary>
public sealed class SmtpClientConnection : IAsyncDisposable
{
    private readonly SmtpWire _wire;
    private readonly Socket? _socket;
    private readonly SmtpExchange _exchange;
    private volatile bool _usable = true;

    internal SmtpClientConnection(SmtpWire wire, Socket? socket, SmtpTimeouts timeouts, SmtpExtensions extensions, TlsFacts? tls, IPEndPoint? endpoint)
    {
        _wire = wire;
        _socket = socket;
        _exchange = new SmtpExchange(wire, timeouts, extensions);
        Extensions = extensions;
        Tls = tls;
        Endpoint = endpoint;
    }

    /// <summary>What the receiver offers.</summary>
    public SmtpExtensions Extensions { get; }

    /// <summary>What TLS the connection runs on; null in plaintext.</summary>
    public TlsFacts? Tls { get; }

    /// <summary>The receiver's address.</summary>
    public IPEndPoint? Endpoint { get; }

    /// <summary>Messages that the receiver took over this connection.</summary>
    public int MessagesSent => _exchange.Accepted;

    /// <summary>Another transaction may be tried.</summary>
    public bool IsUsable => _usable;

    /// <summary>Connects. A refusal or a failure is a result.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ValueTask<SmtpConnectResult> ConnectAsync(
        SmtpTarget target, SmtpTimeouts timeouts, TimeProvider clock, CancellationToken cancellationToken = default) =>
        new SmtpConnector(target, timeouts, clock).ConnectAsync(cancellationToken);

    /// <summary>Asks the socket, at the cost of a system call, whether an idle connection is still silent and open: a receiver that closed it, or said 421, is found before a message is tried.</summary>
    public bool ProbeIdle()
    {
        if (_usable && _exchange.Promised is null && (_wire.HasUnreadBytes || (_socket is not null && IsReadable(_socket))))
            Fail("closed while idle");

        return _usable;
    }

    /// <summary>Runs a transaction to its end.</summary>
    /// <param name="transaction">What <paramref name="next"/> handed out last time, if it did.</param>
    /// <param name="next">Asked at most once, when the message is about to be written to a receiver that takes pipelining; what it returns must be
    /// delivered next over this connection, or given up by disposing of the connection, which leaves nothing of it delivered. Null or a null result: none.</param>
    /// <param name="onAccepted">Called with the transaction the instant the final dot's 250 was read, on the thread that read it. It must only take note.</param>
    /// <param name="cancellationToken">Ends the connection; the result says how far it got.</param>
    /// <exception cref="InvalidOperationException">The connection is not usable, or another transaction was promised.</exception>
    public async ValueTask<SmtpTransactionResult> DeliverAsync(
        SmtpTransaction transaction, Func<SmtpTransaction?>? next = null, Action<SmtpTransaction>? onAccepted = null, CancellationToken cancellationToken = default)
    {
        if (!_usable)
            throw new InvalidOperationException("The connection is not usable any more.");

        if (_exchange.Promised is not null && !ReferenceEquals(_exchange.Promised, transaction))
            throw new InvalidOperationException("Another transaction was handed over to go next.");

        if (!_exchange.Begun && Extensions.RefusalOf(transaction) is { } refusal)
        {
            _exchange.Forget();
            return new SmtpTransactionResult(All(transaction, refusal), false, SmtpFailureStage.Local, SmtpNext.None);
        }

        var replies = new SmtpReply?[transaction.Recipients.Count];
        using var registration = cancellationToken.UnsafeRegister(static w => ((SmtpWire)w!).Abort("cancelled"), _wire);
        try
        {
            await _exchange.RunAsync(transaction, replies, next, onAccepted).ConfigureAwait(false);
            return new SmtpTransactionResult(replies!, false, _exchange.Stage, _exchange.Promised is null ? SmtpNext.None : SmtpNext.Begun) { Answered = _exchange.Answered(replies.Length) };
        }
        catch (SmtpWireException e)
        {
            Fail(e.Reply.Text);
            SmtpExchange.Fill(replies, e.Reply);
            var stage = _exchange.IsUnanswered ? SmtpFailureStage.NotAttempted : _exchange.Stage;
            return new SmtpTransactionResult(replies!, true, stage, _exchange.Promised is null ? SmtpNext.None : SmtpNext.Abandoned) { Answered = _exchange.Answered(replies.Length) };
        }
        catch
        {
            Fail("a callback threw");
            throw;
        }
    }

    /// <summary>Says QUIT where the conversation allows it, waits for the answer at most <see cref="SmtpTimeouts.Quit"/>, and closes.</summary>
    public async ValueTask QuitAsync(CancellationToken cancellationToken = default)
    {
        if (_usable && !_exchange.Begun)
        {
            using var registration = cancellationToken.UnsafeRegister(static w => ((SmtpWire)w!).Abort("cancelled"), _wire);
            try
            {
                await _exchange.QuitAsync().ConfigureAwait(false);
            }
            catch (SmtpWireException)
            {
                // The receiver closed first; all that QUIT asks for.
            }
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _usable = false;
        _wire.Dispose(); // and nothing else: whoever is inside a transaction still uses the rest
        return ValueTask.CompletedTask;
    }

    private static SmtpReply[] All(SmtpTransaction transaction, SmtpReply reply)
    {
        var replies = new SmtpReply[transaction.Recipients.Count];
        Array.Fill(replies, reply);
        return replies;
    }

    private static bool IsReadable(Socket socket)
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    private void Fail(string reason)
    {
        _usable = false;
        _wire.Abort(reason);
        _wire.Dispose();
    }
}
