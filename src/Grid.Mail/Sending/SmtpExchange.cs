using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>The conversation of transactions: MAIL, RCPT, DATA and the message, pipelined where the receiver takes it, one command at a time where not.</summary>
internal sealed class SmtpExchange(SmtpWire wire, SmtpTimeouts timeouts, SmtpExtensions extensions)
{
    /// <summary>Most recipients in one pipelined group: their replies must fit the sockets' buffers while nobody reads.</summary>
    private const int GroupSize = 100;

    /// <summary>Bytes of a message that are sent at a time.</summary>
    private const int BlockSize = 64 * 1024;

    private readonly OutputBuffer _output = new();
    private bool _resetDue; // the receiver still holds an envelope that we gave up
    private bool _answered; // something of the current transaction was answered
    private int _completed;
    private SmtpReply?[]? _refusals; // of RCPT, where others were accepted

    /// <summary>Handed out by <c>next</c>, to be delivered next.</summary>
    public SmtpTransaction? Promised { get; private set; }

    /// <summary>The promised transaction's commands are written.</summary>
    public bool Begun { get; private set; }

    /// <summary>How far the current transaction got.</summary>
    public SmtpFailureStage Stage { get; private set; }

    /// <summary>Messages that the receiver took.</summary>
    public int Accepted { get; private set; }

    /// <summary>The connection ended although it had worked, before anything of the current transaction was answered.</summary>
    public bool IsUnanswered => !_answered && _completed > 0;

    /// <summary>Runs a transaction while the connection holds; afterwards every recipient has its reply.</summary>
    /// <exception cref="SmtpWireException">The connection is at its end; recipients without a reply of their own have none.</exception>
    public async ValueTask RunAsync(SmtpTransaction transaction, SmtpReply?[] replies, Func<SmtpTransaction?>? next, Action<SmtpTransaction>? onAccepted)
    {
        Promised = null;
        _answered = false;
        _refusals = null;
        Stage = SmtpFailureStage.Mail;
        var data = extensions.Pipelining
            ? await EnvelopeAsync(transaction, replies).ConfigureAwait(false)
            : await EnvelopeStepByStepAsync(transaction, replies).ConfigureAwait(false);
        bool anyAccepted = Array.IndexOf(replies, null) >= 0;
        _refusals = anyAccepted && Array.Exists(replies, r => r is not null) ? [.. replies] : null;
        if (!anyAccepted || data is not { Code: 354 })
        {
            await GiveUpAsync(replies, data, anyAccepted).ConfigureAwait(false);
            _completed++;
            return;
        }

        Stage = SmtpFailureStage.Body;
        if (wire.HasUnreadBytes)
            throw new SmtpWireException(await PartingAsync("the receiver answered the message before it was sent").ConfigureAwait(false));

        var following = extensions.Pipelining ? next?.Invoke() : null;
        Promised = following;
        await SendMessageAsync(transaction, following).ConfigureAwait(false);
        Stage = SmtpFailureStage.Dot;
        var dot = await AnswerAsync(timeouts.Dot, brief: false).ConfigureAwait(false);
        if (dot.Code < 300)
        {
            transaction.Refusals = _refusals;
            onAccepted?.Invoke(transaction);
            Accepted++;
            Stage = SmtpFailureStage.None;
        }

        Fill(replies, dot);
        _completed++;
    }

    /// <summary>What each reply of the transaction answers, as far as it got; null where the message reached all.</summary>
    public IReadOnlyList<AnsweredCommand>? Answered(int recipients)
    {
        var last = Stage switch
        {
            SmtpFailureStage.Mail => AnsweredCommand.Mail,
            SmtpFailureStage.Recipient => AnsweredCommand.Rcpt,
            _ => AnsweredCommand.Data,
        };
        return Stage == SmtpFailureStage.None && _refusals is null ? null : [.. Enumerable.Range(0, recipients).Select(i => _refusals?[i] is null ? last : AnsweredCommand.Rcpt)];
    }

    /// <summary>The promised transaction has come, and was refused before it began.</summary>
    public void Forget() => Promised = null;

    /// <summary>QUIT, unless a message is due; the answer changes nothing.</summary>
    public async ValueTask QuitAsync()
    {
        await wire.SendAsync(_output.Append("QUIT\r\n"u8), timeouts.Quit).ConfigureAwait(false);
        await wire.ReadReplyAsync(timeouts.Quit, brief: true).ConfigureAwait(false);
    }

    /// <summary>MAIL, RCPT and DATA in as few writes as the group size allows; all replies are read. Returns DATA's.</summary>
    private async ValueTask<SmtpReply> EnvelopeAsync(SmtpTransaction transaction, SmtpReply?[] replies)
    {
        bool begun = Begun;
        Begun = false;
        if (!begun)
        {
            await RefuseUnaskedAsync().ConfigureAwait(false);
            WriteEnvelope(transaction);
            await wire.SendAsync(_output, timeouts.Mail).ConfigureAwait(false);
        }

        await ReadResetAsync().ConfigureAwait(false);
        var mail = await AnswerAsync(timeouts.Mail).ConfigureAwait(false);
        Stage = SmtpFailureStage.Recipient;
        for (int i = 0; i < replies.Length; i++)
        {
            if (i > 0 && i % GroupSize == 0)
            {
                WriteRecipients(transaction, i);
                await wire.SendAsync(_output, timeouts.Recipient).ConfigureAwait(false);
            }

            var reply = await AnswerAsync(timeouts.Recipient).ConfigureAwait(false);
            replies[i] = reply.Code < 300 ? null : reply;
        }

        Stage = SmtpFailureStage.Data;
        var data = await AnswerAsync(timeouts.Data, go: true).ConfigureAwait(false);
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
            await wire.SendAsync(_output, timeouts.Ehlo).ConfigureAwait(false);
            await ReadResetAsync().ConfigureAwait(false);
        }

        SmtpEnvelopeCommands.Mail(_output, transaction, extensions);
        await wire.SendAsync(_output, timeouts.Mail).ConfigureAwait(false);
        var mail = await AnswerAsync(timeouts.Mail).ConfigureAwait(false);
        JudgeMail(mail, replies);
        if (mail.Code >= 300)
            return null;

        Stage = SmtpFailureStage.Recipient;
        for (int i = 0; i < replies.Length; i++)
        {
            SmtpEnvelopeCommands.Recipient(_output, transaction, i, extensions);
            await wire.SendAsync(_output, timeouts.Recipient).ConfigureAwait(false);
            var reply = await AnswerAsync(timeouts.Recipient).ConfigureAwait(false);
            replies[i] = reply.Code < 300 ? null : reply;
        }

        _resetDue = Array.IndexOf(replies, null) < 0;
        if (_resetDue)
            return null;

        Stage = SmtpFailureStage.Data;
        SmtpEnvelopeCommands.Data(_output);
        await wire.SendAsync(_output, timeouts.Data).ConfigureAwait(false);
        return await AnswerAsync(timeouts.Data, go: true).ConfigureAwait(false);
    }

    /// <summary>The envelope came to nothing: leaves the receiver ready for the next one.</summary>
    private async ValueTask GiveUpAsync(SmtpReply?[] replies, SmtpReply? data, bool anyAccepted)
    {
        if (!anyAccepted && Stage == SmtpFailureStage.Data)
            Stage = SmtpFailureStage.Recipient;

        if (data is { Code: 354 })
        {
            // Told to go ahead with nobody to send to: an empty message for no one (RFC 2920, 3.1).
            await wire.SendAsync(_output.Append(".\r\n"u8), timeouts.Block).ConfigureAwait(false);
            await AnswerAsync(timeouts.Dot).ConfigureAwait(false);
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

                await wire.SendAsync(_output, timeouts.Block).ConfigureAwait(false);
            }

            _output.Append(atLineStart ? ".\r\n"u8 : "\r\n.\r\n"u8);
            Begun = following is not null && following.Recipients.Count <= GroupSize && extensions.RefusalOf(following) is null;
            if (Begun)
                WriteEnvelope(following!);

            await wire.SendAsync(_output, timeouts.Block).ConfigureAwait(false);
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

        SmtpEnvelopeCommands.Mail(_output, transaction, extensions);
        WriteRecipients(transaction, 0);
    }

    private void WriteRecipients(SmtpTransaction transaction, int from)
    {
        int to = Math.Min(from + GroupSize, transaction.Recipients.Count);
        for (int i = from; i < to; i++)
            SmtpEnvelopeCommands.Recipient(_output, transaction, i, extensions);

        if (to == transaction.Recipients.Count)
            SmtpEnvelopeCommands.Data(_output);
    }

    private async ValueTask ReadResetAsync()
    {
        if (!_resetDue)
            return;

        _resetDue = false;
        var reply = await wire.ReadReplyAsync(timeouts.Ehlo, brief: true).ConfigureAwait(false);
        if (reply.Code >= 300)
            throw new SmtpWireException(reply.Code == 421 ? reply : SmtpWireException.Because($"RSET was refused: {reply}"));
    }

    /// <summary>The next reply, of a class that the command can have; 421 and anything else ends the connection.</summary>
    private async ValueTask<SmtpReply> AnswerAsync(TimeSpan timeout, bool brief = true, bool go = false)
    {
        var reply = await wire.ReadReplyAsync(timeout, brief).ConfigureAwait(false);
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
        if (wire.HasUnreadBytes)
            throw new SmtpWireException(await PartingAsync("the receiver spoke before it was asked").ConfigureAwait(false));
    }

    /// <summary>What the receiver said before it went, if it did; otherwise the reason given.</summary>
    private async ValueTask<SmtpReply> PartingAsync(string reason)
    {
        try
        {
            var reply = await wire.ReadReplyAsync(timeouts.Quit).ConfigureAwait(false);
            return reply.Code >= 400 ? reply : SmtpWireException.Because($"{reason}: {reply}");
        }
        catch (SmtpWireException)
        {
            return SmtpWireException.Because(reason);
        }
    }

    private void JudgeMail(SmtpReply mail, SmtpReply?[] replies)
    {
        if (mail.Code >= 300)
        {
            Stage = SmtpFailureStage.Mail;
            Array.Fill(replies, mail); // what was said to RCPT is then only that there was no MAIL
        }
    }

    /// <summary>Gives a reply to every recipient that has none of its own.</summary>
    public static void Fill(SmtpReply?[] replies, SmtpReply reply)
    {
        for (int i = 0; i < replies.Length; i++)
            replies[i] ??= reply;
    }
}
