namespace Grid.Mail.Ingress;

/// <content>Waiting for the client, and what ends a session.</content>
internal sealed partial class SmtpConversation
{
    /// <summary>While a session waits outside of a transaction its place may be given to another, where the listener does that.</summary>
    private async ValueTask<SmtpWireStatus> NextLineAsync()
    {
        if (listener.Idle is not { } idle || _envelope is not null)
            return await wire.ReadLineAsync(_options.IdleTimeout).ConfigureAwait(false);

        var place = idle.Enter(session.Peer, wire);
        try
        {
            return await wire.ReadLineAsync(_options.IdleTimeout).ConfigureAwait(false);
        }
        finally
        {
            idle.Leave(place);
        }
    }

    /// <summary>The last reply for a wait that came to nothing; always true: the session is over.</summary>
    private bool Part(SmtpWireStatus status)
    {
        var last = status switch
        {
            SmtpWireStatus.TimedOut => SmtpReplies.TimedOut,
            SmtpWireStatus.Draining => SmtpReplies.Draining,
            SmtpWireStatus.Evicted => SmtpReplies.Evicted,
            SmtpWireStatus.TooLong => _envelope is null ? SmtpReplies.LineTooLong : SmtpReplies.TooLarge,
            SmtpWireStatus.Malformed => SmtpReplies.BadLine,
            SmtpWireStatus.Ended or SmtpWireStatus.Ready => null,
            _ => throw new InvalidOperationException($"Unknown status {status}."),
        };
        if (last is not null)
            wire.Write(last);

        return true;
    }

    private bool IsGateFault(Exception e) => e is not OperationCanceledException || !hardStop.IsCancellationRequested;

    private SmtpServerReply Failed(Exception e, string what)
    {
        listener.GateFailed(e, session.Id, what);
        return SmtpReplies.GateFailed;
    }
}
