using System.Net;

namespace Grid.Mail.Ingress;

/// <content>Waiting for the client, and what ends a session.</content>
internal sealed partial class SmtpConversation
{
    private LinkedListNode<(IPAddress Peer, SmtpServerWire Wire, long Since)>? _begun;

    /// <summary>The session is over: it holds no place any more.</summary>
    public void Leave()
    {
        if (_begun is not null)
            listener.Idle.Leave(_begun);
    }

    /// <summary>
    /// While a session waits outside of a transaction its place may be given to another; while it is in one, or has yet to sign in, when that takes
    /// long. Who has signed in keeps it.
    /// </summary>
    private async ValueTask<SmtpWireStatus> NextLineAsync()
    {
        bool isSubmission = session.Kind == SmtpListenerKind.Submission;
        bool isAtIt = isSubmission ? session.Tenant is null : _envelope is not null;
        if (isAtIt != _begun is not null)
        {
            Leave();
            _begun = isAtIt ? listener.Idle.Begin(session.Peer, wire) : null;
        }

        if (_envelope is not null || (isSubmission && session.Tenant is not null))
            return await wire.ReadLineAsync(_options.IdleTimeout).ConfigureAwait(false);

        var place = listener.Idle.Enter(session.Peer, wire);
        try
        {
            return await wire.ReadLineAsync(_options.IdleTimeout).ConfigureAwait(false);
        }
        finally
        {
            listener.Idle.Leave(place);
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
