using System.Net;
using Microsoft.Extensions.Logging;

namespace Grid.Mail.Ingress;

/// <summary>
/// One session from greeting to goodbye (RFC 5321).
/// In: whatever a client sends. Out: replies, each with an enhanced code (RFC 2034), and messages to the gate.
/// Guarantees: a message is acknowledged with what the gate answered after its commit and nothing else; no sequence but CR LF dot CR LF ends a message;
/// memory, time, errors and idle commands are bounded by the options.
/// Fails: a refused command leaves the session good; a stream that can't be trusted any more (bare line ends, commands sent ahead of
/// their turn, lines too long) is answered once and closed.
/// </summary>
internal sealed partial class SmtpConversation(SmtpServerWire wire, SmtpListener listener, SmtpSession session, CancellationToken hardStop)
{
    private readonly SmtpListenerOptions _options = listener.Options;
    private readonly ISmtpGate _gate = listener.Gate;
    private readonly SmtpMessageReader _message = new(wire, listener.Options, listener.Memory);
    private SmtpEnvelope? _envelope;
    private int _errors;
    private int _idleCommands;

    /// <summary>Runs the session to its end; the connection is the caller's to close.</summary>
    public async Task RunAsync()
    {
        using (_message)
        {
            session.IsEarlyTalker = wire.Peek();
            session.Tenant = session.Kind == SmtpListenerKind.Submission ? _gate.TrustedTenant(session.Peer) : null;
            wire.Write(new SmtpServerReply(220, "", $"{_options.HostName} ESMTP"));
            while (true)
            {
                var status = await NextLineAsync().ConfigureAwait(false);
                bool goOn = status == SmtpWireStatus.Ready
                    ? await ExecuteAsync(wire.Line).ConfigureAwait(false)
                    : status == SmtpWireStatus.Draining && _envelope is not null || !Part(status);
                if (!goOn)
                    return;
            }
        }
    }

    private ValueTask<bool> ExecuteAsync(ReadOnlyMemory<byte> line)
    {
        var verb = SmtpCommand.Parse(line, out var arguments);
        if (line.Length + 2 > SmtpCommand.Limit(verb))
            return new(Refuse(SmtpReplies.LineTooLong));

        if (wire.HasInput && !session.IsExtended && verb != SmtpVerb.Quit)
            return new(Close(SmtpReplies.OutOfStep));

        switch (verb)
        {
            case SmtpVerb.Mail:
                return MailAsync(arguments);
            case SmtpVerb.Rcpt:
                return RecipientAsync(arguments);
            case SmtpVerb.Data:
                return DataAsync(arguments);
            case SmtpVerb.Bdat:
                return ChunkAsync(arguments);
        }

        if (++_idleCommands > _options.MaxIdleCommands)
            return new(Close(SmtpReplies.TooManyIdle));

        return verb switch
        {
            SmtpVerb.Ehlo or SmtpVerb.Helo => new(Greet(arguments, verb == SmtpVerb.Ehlo)),
            SmtpVerb.StartTls => StartTlsAsync(arguments),
            SmtpVerb.Auth => AuthenticateAsync(arguments),
            SmtpVerb.Rset => new(arguments.IsEmpty ? Reset() : Refuse(SmtpReplies.NoArguments)),
            SmtpVerb.Noop => new(Say(SmtpReplies.Ok)),
            SmtpVerb.Quit => new(Close(SmtpReplies.Bye)),
            SmtpVerb.Vrfy => new(Say(SmtpReplies.Verify)),
            SmtpVerb.Expn => new(Refuse(SmtpReplies.Expand)),
            SmtpVerb.Help => new(Say(SmtpReplies.Help)),
            _ => new(Refuse(SmtpReplies.UnknownCommand)),
        };
    }

    private bool Greet(ReadOnlyMemory<byte> arguments, bool extended)
    {
        var name = arguments.Span.TrimEnd((byte)' ');
        if (name.Length is 0 or > 255 || name.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
            return Refuse(SmtpReplies.BadHelo);

        if (wire.HasInput)
            return Close(SmtpReplies.OutOfStep);

        DropTransaction();
        session.Helo = System.Text.Encoding.ASCII.GetString(name);
        session.IsExtended = extended;
        wire.Write(extended ? SmtpExtensionsOffer.Compose(_options, listener.OffersTls && session.TlsProtocol is null, OffersAuth, SmtpExtensionsOffer.HasRequireTls(session), session.Kind == SmtpListenerKind.Submission) : new SmtpServerReply(250, "", _options.HostName));
        return true;
    }

    private bool OffersAuth => session.Kind == SmtpListenerKind.Submission && !session.IsAuthenticated
        && (!_options.RequireTlsForAuth || session.TlsProtocol is not null || IPAddress.IsLoopback(session.Peer));

    private async ValueTask<bool> StartTlsAsync(ReadOnlyMemory<byte> arguments)
    {
        if (!listener.OffersTls || session.TlsProtocol is not null)
            return Refuse(new SmtpServerReply(503, "5.5.1", listener.OffersTls ? "TLS is on already" : "TLS is not offered"));

        if (!arguments.IsEmpty)
            return Refuse(SmtpReplies.NoArguments);

        if (wire.HasInput || wire.Peek())
            return Close(SmtpReplies.EarlyTls);

        wire.Write(SmtpReplies.TlsReady);
        if (!await wire.FlushAsync().ConfigureAwait(false))
            return false;

        session.TlsProtocol = await wire.StartTlsAsync(listener.Certificate!, _options.HandshakeTimeout).ConfigureAwait(false);
        DropTransaction();
        session.Helo = ""; // RFC 3207, 4.2: what was said before is forgotten
        session.IsExtended = false;
        if (session.IsAuthenticated)
            (session.IsAuthenticated, session.Tenant) = (false, _gate.TrustedTenant(session.Peer));

        return session.TlsProtocol is not null;
    }

    private async ValueTask<bool> AuthenticateAsync(ReadOnlyMemory<byte> arguments)
    {
        if (!session.IsExtended || _envelope is not null || session.IsAuthenticated || session.Kind != SmtpListenerKind.Submission)
            return Refuse(new SmtpServerReply(503, "5.5.1", "AUTH is not possible here"));

        if (!OffersAuth)
            return Refuse(new SmtpServerReply(538, "5.7.11", "Encryption required: say STARTTLS first"));

        var exchange = new SmtpAuthentication(wire, _gate, session.Peer, _options.IdleTimeout);
        SmtpSignIn? answer;
        try
        {
            answer = await exchange.RunAsync(arguments, hardStop).ConfigureAwait(false);
        }
        catch (Exception e) when (IsGateFault(e))
        {
            return Refuse(Failed(e, "AUTH"));
        }

        if (answer is null)
            return !Part(exchange.Status);

        if (answer.Refusal is not null)
            return Refuse(answer.Refusal);

        session.Tenant = answer.Tenant;
        session.IsAuthenticated = true;
        return Say(SmtpReplies.SignedIn);
    }

    private async ValueTask<bool> MailAsync(ReadOnlyMemory<byte> arguments)
    {
        if (session.Helo.Length == 0)
            return Refuse(SmtpReplies.HeloFirst);

        if (_envelope is not null)
            return Refuse(SmtpReplies.NestedMail);

        if (listener.IsDraining)
            return Close(SmtpReplies.Draining);

        if (session.MessagesAccepted >= _options.MaxMessagesPerConnection)
            return Close(SmtpReplies.TooManyMessages);

        if (session.Kind == SmtpListenerKind.Submission && session.Tenant is null)
            return Refuse(SmtpReplies.AuthRequired);

        var refusal = SmtpArguments.ParseMail(arguments.Span, _options.MaxMessageBytes, SmtpExtensionsOffer.HasRequireTls(session), out var envelope);
        try
        {
            refusal ??= await _gate.MailFromAsync(session, envelope!, hardStop).ConfigureAwait(false);
        }
        catch (Exception e) when (IsGateFault(e))
        {
            refusal = Failed(e, "MAIL");
        }

        if (refusal is not null)
            return Refuse(refusal);

        _envelope = envelope;
        return Say(SmtpReplies.MailOk);
    }

    private async ValueTask<bool> RecipientAsync(ReadOnlyMemory<byte> arguments)
    {
        if (_envelope is null || _message.HasChunks)
            return Refuse(_envelope is null ? SmtpReplies.MailFirst : SmtpReplies.MixedData);

        if (_envelope.Recipients.Count >= _options.MaxRecipients)
            return Say(SmtpReplies.TooManyRecipients); // not counted as an error: RFC 5321, 4.5.3.1.10 has the client go on

        var refusal = SmtpArguments.ParseRecipient(arguments.Span, _envelope.Utf8, out var recipient);
        try
        {
            refusal ??= await _gate.RecipientAsync(session, _envelope, recipient!, hardStop).ConfigureAwait(false);
        }
        catch (Exception e) when (IsGateFault(e))
        {
            refusal = Failed(e, "RCPT");
        }

        if (refusal is not null)
            return Refuse(refusal);

        _envelope.Add(recipient!);
        return Say(SmtpReplies.RecipientOk);
    }

    private async ValueTask<bool> DataAsync(ReadOnlyMemory<byte> arguments)
    {
        if (wire.HasInput)
            return Close(SmtpReplies.EarlyData);

        if (!arguments.IsEmpty || _message.HasChunks || _envelope is not { Recipients.Count: > 0 })
            return Refuse(!arguments.IsEmpty ? SmtpReplies.NoArguments : _message.HasChunks ? SmtpReplies.MixedData
                : _envelope is null ? SmtpReplies.MailFirst : SmtpReplies.NoRecipients);

        wire.Write(SmtpReplies.GoAhead);
        var status = await _message.ReadDataAsync().ConfigureAwait(false);
        return status == SmtpWireStatus.Ready ? await FinishAsync().ConfigureAwait(false) : !Part(status);
    }

    private async ValueTask<bool> ChunkAsync(ReadOnlyMemory<byte> arguments)
    {
        if (!SmtpMessageReader.TryParseChunk(arguments.Span, out long size, out bool last))
            return Close(SmtpReplies.BadChunk); // without a size nobody knows where the commands go on

        if (size > 2L * _options.MaxMessageBytes)
            return Close(SmtpReplies.TooLarge);

        bool keep = _envelope is { Recipients.Count: > 0 };
        var status = await _message.ReadChunkAsync(size, keep).ConfigureAwait(false);
        if (status != SmtpWireStatus.Ready)
            return !Part(status);

        if (!keep)
            return Refuse(_envelope is null ? SmtpReplies.MailFirst : SmtpReplies.NoRecipients);

        if (!last && _message.Refusal is null)
            return Say(SmtpReplies.ChunkOk);

        _message.FinishChunks();
        return await FinishAsync().ConfigureAwait(false);
    }

    /// <summary>The whole message is here: refuses it, or gives it to the gate and answers what the gate says.</summary>
    private async ValueTask<bool> FinishAsync()
    {
        var envelope = _envelope!;
        if (_message.Refusal is { } refusal)
        {
            bool inDoubt = _message.IsStreamInDoubt;
            DropTransaction();
            return inDoubt ? Close(refusal) : Refuse(refusal);
        }

        byte[] data = _message.Take();
        _envelope = null;
        SmtpServerReply reply;
        try
        {
            reply = await _gate.MessageAsync(session, envelope, data, hardStop).ConfigureAwait(false);
        }
        catch (Exception e) when (IsGateFault(e))
        {
            reply = Failed(e, "message");
        }

        if (reply.IsRefusal)
            return Refuse(reply);

        session.MessagesAccepted++;
        _idleCommands = 0;
        return Say(reply);
    }

    private bool Reset()
    {
        DropTransaction();
        return Say(SmtpReplies.Ok);
    }

    private void DropTransaction()
    {
        _envelope = null;
        _message.Reset();
    }

    private bool Say(SmtpServerReply reply)
    {
        wire.Write(reply);
        return true;
    }

    private bool Close(SmtpServerReply reply)
    {
        wire.Write(reply);
        return false;
    }

    /// <summary>Refuses a command, and ends the session where the reply says so or too many were refused.</summary>
    private bool Refuse(SmtpServerReply reply)
    {
        wire.Write(reply);
        return reply.Code != 421 && (++_errors <= _options.MaxErrors || Close(SmtpReplies.TooManyErrors));
    }
}
