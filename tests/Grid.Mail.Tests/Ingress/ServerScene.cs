using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Grid.Mail.Ingress;
using Grid.Mail.Tests.Sending;
using Grid.Testing;
using Microsoft.AspNetCore.Connections;

namespace Grid.Mail.Tests.Ingress;

/// <summary>A listener with one connection over two pipes that run everything on the test's own thread: when a write returns, the answer is there.</summary>
internal sealed class ServerScene
{
    private readonly Pipe _toServer = new(Inline(0));
    private readonly Pipe _toClient;

    public ServerScene(
        SmtpListenerOptions? options = null,
        RecordingGate? gate = null,
        SmtpListener? listener = null,
        string peer = "192.0.2.7",
        bool start = true,
        int replyBytesUntilPause = 0)
    {
        _toClient = new Pipe(Inline(replyBytesUntilPause));
        Gate = gate ?? new RecordingGate { Trusted = "acme" };
        Listener = listener ?? new SmtpListener(options ?? Options(), Gate, Clock, Logger);
        Connection = new DefaultConnectionContext("test", new Ends(_toServer.Reader, _toClient.Writer), new Ends(_toClient.Reader, _toServer.Writer))
        {
            RemoteEndPoint = new IPEndPoint(IPAddress.Parse(peer), 4711),
        };
        Session = start ? Listener.OnConnectedAsync(Connection) : Task.CompletedTask;
    }

    public ManualClock Clock { get; } = new();

    public RecordingLogger Logger { get; } = new();

    public RecordingGate Gate { get; }

    public SmtpListener Listener { get; }

    public DefaultConnectionContext Connection { get; }

    /// <summary>Ends with the session.</summary>
    public Task Session { get; private set; }

    public static SmtpListenerOptions Options(SmtpListenerKind kind = SmtpListenerKind.Submission) => new() { Kind = kind, HostName = "grid.example" };

    /// <summary>Plays a transcript and compares every reply; "S!" asserts that the session is over.</summary>
    public void Play(string text, Chunking chunking = Chunking.Whole)
    {
        var transcript = Transcript.Parse(text);
        foreach (var (client, bytes) in transcript.Turns)
        {
            if (client)
            {
                foreach (byte[] piece in Transcript.Cut(bytes, chunking))
                    Send(piece);
            }
            else
            {
                Assert.Equal(Encoding.UTF8.GetString(bytes), Hear());
            }
        }

        Assert.Equal("", Hear());
        Assert.Equal(transcript.ServerCloses, Session.IsCompleted);
        Assert.False(Session.IsFaulted, Session.Exception?.ToString());
    }

    public void Start() => Session = Listener.OnConnectedAsync(Connection);

    public void Send(string text) => Send(Encoding.Latin1.GetBytes(text));

    public void Send(byte[] bytes)
    {
        _toServer.Writer.Write(bytes);
        Assert.True(_toServer.Writer.FlushAsync().IsCompleted);
    }

    /// <summary>The client's end is gone: nothing said reaches anyone.</summary>
    public void StopHearing() => _toClient.Reader.Complete();

    /// <summary>The client sends nothing more.</summary>
    public void HangUp() => _toServer.Writer.Complete();

    /// <summary>What the server has said since the last call.</summary>
    public string Hear()
    {
        if (!_toClient.Reader.TryRead(out var result))
            return "";

        string said = Encoding.UTF8.GetString(result.Buffer.ToArray());
        _toClient.Reader.AdvanceTo(result.Buffer.End);
        return said;
    }

    private static PipeOptions Inline(int pauseBytes) => new(
        readerScheduler: PipeScheduler.Inline,
        writerScheduler: PipeScheduler.Inline,
        pauseWriterThreshold: pauseBytes,
        resumeWriterThreshold: pauseBytes / 2,
        useSynchronizationContext: false);

    private sealed class Ends(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
