using Grid.Core.Vocabulary;
using System.Net;
using System.Text;
using Grid.Mail.Sending;
using Grid.Testing;

namespace Grid.Mail.Tests.Sending;

/// <summary>A client connection to a <see cref="ScriptedStream"/>.</summary>
internal sealed class ClientScene
{
    public const string Opening = """
        S: 220 mx.example ESMTP
        C: EHLO me.example
        S: 250-mx.example hello
        S: 250-PIPELINING
        S: 250-8BITMIME
        S: 250 ENHANCEDSTATUSCODES

        """;

    public const string SlowOpening = """
        S: 220 mx.example ESMTP
        C: EHLO me.example
        S: 250 mx.example hello

        """;

    private ClientScene(ScriptedStream server, ManualClock clock, SmtpClientConnection connection)
    {
        Server = server;
        Clock = clock;
        Connection = connection;
    }

    public ScriptedStream Server { get; }

    public ManualClock Clock { get; }

    public SmtpClientConnection Connection { get; }

    public static SmtpTarget Target => new("mx.example", [new IPEndPoint(IPAddress.Loopback, 25)], TlsMode.None, null, "me.example", "test");

    public static async Task<SmtpConnectResult> ConnectAsync(Stream server, TlsMode mode = TlsMode.None, TimeProvider? clock = null, CancellationToken token = default) =>
        await new SmtpConnector(Target, SmtpTimeouts.Default, clock ?? new ManualClock()).OpenAsync(server, null, null, mode, token);

    public static async Task<ClientScene> OpenAsync(string script, Chunking chunking = Chunking.Whole)
    {
        var server = new ScriptedStream(script, chunking);
        var clock = new ManualClock();
        var connected = Assert.IsType<SmtpConnectResult.Connected>(await ConnectAsync(server, clock: clock));
        return new ClientScene(server, clock, connected.Connection);
    }

    public static SmtpTransaction Message(string body, params string[] recipients) =>
        new("s@me.example", recipients.Length == 0 ? ["r@mx.example"] : recipients, Encoding.UTF8.GetBytes(body));
}
