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
    /// <summary>Most recipients in one pipelined group: their replies must fit the sockets' buffers while nobody reads.</summary>
    private const int GroupSize = 100;

    /// <summary>Bytes of a message that are sent at a time.</summary>
    private const int BlockSize = 64 * 1024;

    private readonly SmtpWire _wire;
    private readonly Socket? _socket;
    private readonly SmtpTimeouts _timeouts;
    private readonly OutputBuffer _output = new();
    private SmtpTransaction? _promised; // handed out by `next`, to be delivered next
    private bool _begun; // the promised transaction's commands are written
    private bool _resetDue; // the receiver still holds an envelope that we gave up
    private bool _answered; // something of the current transaction was answered
    private bool _usable = true;
    private int _transactions;
    private SmtpFailureStage _stage;

    internal SmtpClientConnection(SmtpWire wire, Socket? socket, SmtpTimeouts timeouts, SmtpExtensions extensions, SmtpTlsFacts? tls, IPEndPoint? endpoint)
    {
        _wire = wire;
        _socket = socket;
        _timeouts = timeouts;
        Extensions = extensions;
        Tls = tls;
        Endpoint = endpoint;
    }

    /// <summary>What the receiver offers.</summary>
    public SmtpExtensions Extensions { get; }

    /// <summary>What TLS the connection runs on; null in plaintext.</summary>
    public SmtpTlsFacts? Tls { get; }

    /// <summary>The receiver's address.</summary>
    public IPEndPoint? Endpoint { get; }

    /// <summary>Messages that the receiver took over this connection.</summary>
    public int MessagesSent { get; private set; }

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
        if (_usable && _promised is null && (_wire.HasUnreadBytes || (_socket is not null && IsReadable(_socket))))
            Fail("closed while idle");

        return _usable;
    }

    /// <summary>Runs a transaction to its end.</summary>
    /// <param name="transaction">What <paramref name="next"/> handed out last time, if it did.</param>
    /// <param name="next">Asked at most once, when the message is about to be written to a receiver that takes pipelining; what it returns must be
    /// delivered next over this connection. Null or a null result: none.</param>
    /// <param name="onAccepted">Called with the transaction the instant the final dot's 250 was read, on the thread that read it. It must only take note.</param>
    /// <param name="cancellationToken">Ends the connection; the result says how far it got.</param>
    /// <exception cref="InvalidOperationException">The connection is not usable, or another transaction was promised.</exception>
    public async ValueTask<SmtpTransactionResult> DeliverAsync(
        SmtpTransaction transaction, Func<SmtpTransaction?>? next = null, Action<SmtpTransaction>? onAccepted = null, CancellationToken cancellationToken = default)
    {
        if (!_usable)
            throw new InvalidOperationException("The connection is not usable any more.");

        if (_promised is not null && !ReferenceEquals(_promised, transaction))
            throw new InvalidOperationException("Another transaction was handed over to go next.");

        _promised = null;
        if (!_begun && RefusalOf(transaction) is { } refusal)
            return new SmtpTransactionResult(All(transaction, refusal), false, SmtpFailureStage.Local, SmtpNext.None);

        var replies = new SmtpReply?[transaction.Recipients.Count];
        _answered = false;
        _stage = SmtpFailureStage.Mail;
        using var registration = cancellationToken.UnsafeRegister(static w => ((SmtpWire)w!).Abort("cancelled"), _wire);
        try
        {
            await RunAsync(transaction, replies, next, onAccepted).ConfigureAwait(false);
            _transactions++;
            return new SmtpTransactionResult(replies!, false, _stage, _promised is null ? SmtpNext.None : SmtpNext.Begun);
        }
        catch (SmtpWireException e)
        {
            if (!_answered && _transactions > 0)
                _stage = SmtpFailureStage.NotAttempted;

            var abandoned = _promised is null ? SmtpNext.None : SmtpNext.Abandoned;
            Fail(e.Reply.Text);
            Fill(replies, e.Reply);
            return new SmtpTransactionResult(replies!, true, _stage, abandoned);
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
        if (_usable && !_begun)
        {
            using var registration = cancellationToken.UnsafeRegister(static w => ((SmtpWire)w!).Abort("cancelled"), _wire);
            try
            {
                await _wire.SendAsync(_output.Append("QUIT\r\n"u8), _timeouts.Quit).ConfigureAwait(false);
                await _wire.ReadReplyAsync(_timeouts.Quit, brief: true).ConfigureAwait(false);
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

    private async ValueTask RunAsync(SmtpTransaction transaction, SmtpReply?[] replies, Func<SmtpTransaction?>? next, Action<SmtpTransaction>? onAccepted)
    {
        var data = Extensions.Pipelining
            ? await EnvelopeAsync(transaction, replies).ConfigureAwait(false)
            : await EnvelopeStepByStepAsync(transaction, replies).ConfigureAwait(false);
        bool anyAccepted = Array.IndexOf(replies, null) >= 0;
        if (!anyAccepted || data is not { Code: 354 })
        {
            await GiveUpAsync(replies, data, anyAccepted).ConfigureAwait(false);
            return;
        }

        _stage = SmtpFailureStage.Body;
        if (_wire.HasUnreadBytes)
            throw new SmtpWireException(await PartingAsync("the receiver answered the message before it was sent").ConfigureAwait(false));

        var following = Extensions.Pipelining ? next?.Invoke() : null;
        _promised = following;
        await SendMessageAsync(transaction, following).ConfigureAwait(false);
        _stage = SmtpFailureStage.Dot;
        var dot = await AnswerAsync(_timeouts.Dot, brief: false).ConfigureAwait(false);
        if (dot.Code < 300)
        {
            transaction.Refusals = Array.TrueForAll(replies, r => r is null) ? null : [.. replies];
            onAccepted?.Invoke(transaction);
            MessagesSent++;
            _stage = SmtpFailureStage.None;
        }

        Fill(replies, dot);
    }

    /// <summary>MAIL, RCPT and DATA in as few writes as the group size allows; all replies are read. Returns DATA's.</summary>
    private async ValueTask<SmtpReply> EnvelopeAsync(SmtpTransaction transaction, SmtpReply?[] replies)
    {
        bool begun = _begun;
        _begun = false;
        if (!begun)
        {
            await RefuseUnaskedAsync().ConfigureAwait(false);
            WriteEnvelope(transaction);
            await _wire.SendAsync(_output, _timeouts.Mail).ConfigureAwait(false);
        }

        await ReadResetAsync().ConfigureAwait(false);
        var mail = await AnswerAsync(_timeouts.Mail).ConfigureAwait(false);
        _stage = SmtpFailureStage.Recipient;
        for (int i = 0; i < replies.Length; i++)
        {
            if (i > 0 && i % GroupSize == 0)
            {
                WriteRecipients(transaction, i);
                await _wire.SendAsync(_output, _timeouts.Recipient).ConfigureAwait(false);
            }

            var reply = await AnswerAsync(_timeouts.Recipient).ConfigureAwait(false);
            replies[i] = reply.Code < 300 ? null : reply;
        }

        _stage = SmtpFailureStage.Data;
        var data = await AnswerAsync(_timeouts.Data, go: true).ConfigureAwait(false);
        JudgeMail(mail, replies);
        return data;
    }

    /// <summary>One command at a time, for receivers without PIPELINING. Returns DATA's reply; null where it was not said.</summary>
    private async ValueTask<SmtpReply?> EnvelopeStepByStepAsync(SmtpTransaction transaction, SmtpReply?[] replies)
    {
        await RefuseUnaskedAsync().ConfigureAwait(false);
        if (_resetDue)
        {
            SmtpEnvelopeCommands.Reset(_output);
            await _wire.SendAsync(_output, _timeouts.Ehlo).ConfigureAwait(false);
            await ReadResetAsync().ConfigureAwait(false);
        }

        SmtpEnvelopeCommands.Mail(_output, transaction, Extensions);
        await _wire.SendAsync(_output, _timeouts.Mail).ConfigureAwait(false);
        var mail = await AnswerAsync(_timeouts.Mail).ConfigureAwait(false);
        JudgeMail(mail, replies);
        if (mail.Code >= 300)
            return null;

        _stage = SmtpFailureStage.Recipient;
        for (int i = 0; i < replies.Length; i++)
        {
            SmtpEnvelopeCommands.Recipient(_output, transaction.Recipients[i]);
            await _wire.SendAsync(_output, _timeouts.Recipient).ConfigureAwait(false);
            var reply = await AnswerAsync(_timeouts.Recipient).ConfigureAwait(false);
            replies[i] = reply.Code < 300 ? null : reply;
        }

        _resetDue = Array.IndexOf(replies, null) < 0;
        if (_resetDue)
            return null;

        _stage = SmtpFailureStage.Data;
        SmtpEnvelopeCommands.Data(_output);
        await _wire.SendAsync(_output, _timeouts.Data).ConfigureAwait(false);
        return await AnswerAsync(_timeouts.Data, go: true).ConfigureAwait(false);
    }

    /// <summary>The envelope came to nothing: leaves the receiver ready for the next one.</summary>
    private async ValueTask GiveUpAsync(SmtpReply?[] replies, SmtpReply? data, bool anyAccepted)
    {
        if (!anyAccepted && _stage == SmtpFailureStage.Data)
            _stage = SmtpFailureStage.Recipient;

        if (data is { Code: 354 })
        {
            // Told to go ahead with nobody to send to: an empty message for no one (RFC 2920, 3.1).
            await _wire.SendAsync(_output.Append(".\r\n"u8), _timeouts.Block).ConfigureAwait(false);
            await AnswerAsync(_timeouts.Dot).ConfigureAwait(false);
            return;
        }

        _resetDue |= data is not null;
        if (anyAccepted)
            Fill(replies, data!);
    }

    /// <summary>Sends the message, dot-stuffed, with its final dot and, in the same write, the next envelope.</summary>
    private async ValueTask SendMessageAsync(SmtpTransaction transaction, SmtpTransaction? following)
    {
        var body = transaction.Body;
        bool atLineStart = true;
        try
        {
            while (true)
            {
                var block = body[..Math.Min(BlockSize, body.Length)];
                body = body[block.Length..];
                _output.Advance(DotStuffing.Copy(block.Span, _output.Room(DotStuffing.MaxLength(block.Length)), ref atLineStart));
                if (body.IsEmpty)
                    break;

                await _wire.SendAsync(_output, _timeouts.Block).ConfigureAwait(false);
            }

            _output.Append(atLineStart ? ".\r\n"u8 : "\r\n.\r\n"u8);
            _begun = following is not null && following.Recipients.Count <= GroupSize && RefusalOf(following) is null;
            if (_begun)
                WriteEnvelope(following!);

            await _wire.SendAsync(_output, _timeouts.Block).ConfigureAwait(false);
        }
        catch (SmtpWireException e)
        {
            throw new SmtpWireException(await PartingAsync(e.Reply.Text).ConfigureAwait(false), e);
        }
    }

    private void WriteEnvelope(SmtpTransaction transaction)
    {
        if (_resetDue)
            SmtpEnvelopeCommands.Reset(_output);

        SmtpEnvelopeCommands.Mail(_output, transaction, Extensions);
        WriteRecipients(transaction, 0);
    }

    private void WriteRecipients(SmtpTransaction transaction, int from)
    {
        int to = Math.Min(from + GroupSize, transaction.Recipients.Count);
        for (int i = from; i < to; i++)
            SmtpEnvelopeCommands.Recipient(_output, transaction.Recipients[i]);

        if (to == transaction.Recipients.Count)
            SmtpEnvelopeCommands.Data(_output);
    }

    private async ValueTask ReadResetAsync()
    {
        if (!_resetDue)
            return;

        _resetDue = false;
        var reply = await _wire.ReadReplyAsync(_timeouts.Ehlo, brief: true).ConfigureAwait(false);
        if (reply.Code >= 300)
            throw new SmtpWireException(reply.Code == 421 ? reply : new SmtpReply(0, "", $"RSET was refused: {reply}"));
    }

    /// <summary>The next reply, of a class that the command can have; 421 and anything else ends the connection.</summary>
    private async ValueTask<SmtpReply> AnswerAsync(TimeSpan timeout, bool brief = true, bool go = false)
    {
        var reply = await _wire.ReadReplyAsync(timeout, brief).ConfigureAwait(false);
        _answered = true;
        if (reply.Code == 421)
            throw new SmtpWireException(reply);

        if (reply.Code < 400 && (go ? reply.Code != 354 : reply.Code >= 300))
            throw new SmtpWireException($"the receiver answered out of turn: {reply}");

        return reply;
    }

    /// <summary>Words that came unasked: a 421 that closes an idle connection, or a breach of the protocol.</summary>
    private async ValueTask RefuseUnaskedAsync()
    {
        if (_wire.HasUnreadBytes)
            throw new SmtpWireException(await PartingAsync("the receiver spoke before it was asked").ConfigureAwait(false));
    }

    /// <summary>What the receiver said before it went, if it did; otherwise the reason given.</summary>
    private async ValueTask<SmtpReply> PartingAsync(string reason)
    {
        try
        {
            var reply = await _wire.ReadReplyAsync(_timeouts.Quit).ConfigureAwait(false);
            return reply.Code >= 400 ? reply : new SmtpReply(0, "", $"{reason}: {reply}");
        }
        catch (SmtpWireException)
        {
            return new SmtpReply(0, "", reason);
        }
    }

    /// <summary>What the receiver's extensions cannot carry is refused here, before it is tried; null where all is well.</summary>
    private SmtpReply? RefusalOf(SmtpTransaction transaction)
    {
        if (transaction.EightBit && !Extensions.EightBitMime)
            return new SmtpReply(554, "5.6.3", "The receiver does not take 8-bit messages (8BITMIME) and this one is not converted");

        if (transaction.Utf8 && !Extensions.SmtpUtf8)
            return new SmtpReply(553, "5.6.7", "The receiver does not take internationalized addresses or headers (SMTPUTF8)");

        return Extensions.SizeLimitBytes > 0 && transaction.Body.Length > Extensions.SizeLimitBytes
            ? new SmtpReply(552, "5.3.4", $"The message has {transaction.Body.Length} bytes; the receiver takes {Extensions.SizeLimitBytes}")
            : null;
    }

    private void JudgeMail(SmtpReply mail, SmtpReply?[] replies)
    {
        if (mail.Code >= 300)
        {
            _stage = SmtpFailureStage.Mail;
            Array.Fill(replies, mail); // what was said to RCPT is then only that there was no MAIL
        }
    }

    private static void Fill(SmtpReply?[] replies, SmtpReply reply)
    {
        for (int i = 0; i < replies.Length; i++)
            replies[i] ??= reply;
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
        _promised = null;
        _begun = false;
        _output.Clear();
        _wire.Abort(reason);
        _wire.Dispose();
    }
}
