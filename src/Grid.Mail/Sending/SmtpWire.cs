using System.Net.Security;
using System.Net.Sockets;
using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>The byte stream under an SMTP client: sends buffers, reads replies, each within a time. Whatever goes wrong is an <see cref="SmtpWireException"/>.</summary>
internal sealed class SmtpWire : IDisposable
{
    private readonly SmtpReplyBuffer _replies = new();
    private readonly Deadline _deadline;
    private Stream _stream;
    private volatile string? _aborted;

    public SmtpWire(Stream stream, TimeProvider clock)
    {
        _stream = stream;
        _deadline = new Deadline(clock, () => Abort("timed out"));
    }

    /// <summary>The receiver has said more than it was asked.</summary>
    public bool HasUnreadBytes => _replies.HasBytes;

    /// <summary>Sends and gives the buffer's memory back.</summary>
    public async ValueTask SendAsync(OutputBuffer output, TimeSpan timeout)
    {
        _deadline.Set(timeout);
        try
        {
            await _stream.WriteAsync(output.Written).ConfigureAwait(false);
        }
        catch (Exception e) when (IsLoss(e))
        {
            throw Lost(e);
        }
        finally
        {
            _deadline.Clear();
            output.Clear();
        }
    }

    /// <summary>The next reply; see <see cref="SmtpReplyBuffer.TryRead"/>.</summary>
    public ValueTask<SmtpReply> ReadReplyAsync(TimeSpan timeout, bool brief = false, List<string>? lines = null) =>
        _replies.TryRead(brief, lines, out var reply) ? new(reply) : ReceiveAsync(timeout, brief, lines);

    /// <summary>Turns to TLS within a time. Bytes already here came in plaintext and must not be taken for the receiver's (CVE-2011-0411).</summary>
    public async ValueTask<TlsFacts> StartTlsAsync(PeerCheck peer, TimeSpan timeout)
    {
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = tls;
        _deadline.Set(timeout);
        try
        {
            await tls.AuthenticateAsClientAsync(SmtpTls.ClientOptions(peer)).ConfigureAwait(false);
        }
        catch (Exception e) when (IsLoss(e) || e is System.Security.Authentication.AuthenticationException)
        {
            throw _aborted is not null ? Lost(e) : peer.Refusal is { } refusal ? SmtpWireException.Insecure(refusal) : new SmtpWireException($"TLS failed: {(e.InnerException ?? e).Message}", e);
        }
        finally
        {
            _deadline.Clear();
        }

        return peer.Facts(tls.SslProtocol, tls.NegotiatedCipherSuite.ToString());
    }

    /// <summary>Ends the stream now, from any thread; whoever waits on it gets the reason.</summary>
    public void Abort(string reason)
    {
        if (Interlocked.CompareExchange(ref _aborted, reason, null) is not null)
            return;

        try
        {
            _stream.Dispose();
        }
        catch (Exception e) when (IsLoss(e))
        {
            // It was broken already, which is all that was wanted.
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _deadline.Dispose();
        Abort("closed by us");
    }

    private async ValueTask<SmtpReply> ReceiveAsync(TimeSpan timeout, bool brief, List<string>? lines)
    {
        _deadline.Set(timeout);
        try
        {
            while (true)
            {
                int count = await _stream.ReadAsync(_replies.Room()).ConfigureAwait(false);
                if (count == 0)
                    throw new SmtpWireException(_aborted ?? "the receiver closed the connection");

                _replies.Advance(count);
                if (_replies.TryRead(brief, lines, out var reply))
                    return reply;
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            throw Lost(e);
        }
        finally
        {
            _deadline.Clear();
        }
    }

    private SmtpWireException Lost(Exception cause) => new(_aborted ?? $"connection lost: {(cause.InnerException ?? cause).Message}", cause);

    private static bool IsLoss(Exception e) =>
        e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException or NotSupportedException;
}
