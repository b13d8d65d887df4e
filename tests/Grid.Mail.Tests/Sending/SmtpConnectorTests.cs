using System.Net;
using System.Net.Sockets;
using Grid.Core.Vocabulary;
using Grid.Mail.Sending;
using Grid.Testing;

namespace Grid.Mail.Tests.Sending;

public sealed class SmtpConnectorTests
{
    [Theory]
    [InlineData(Chunking.Whole)]
    [InlineData(Chunking.Lines)]
    [InlineData(Chunking.Bytes)]
    public async Task Open_greetingAndEhloOfManyLines_readsTheExtensions(Chunking chunking)
    {
        var server = new ScriptedStream(
            """
            S: 220-mx.example ESMTP
            S: 220 no spam
            C: EHLO me.example
            S: 250-mx.example
            S: 250-PIPELINING
            S: 250-SIZE 35882577
            S: 250-8BITMIME
            S: 250-STARTTLS
            S: 250-ENHANCEDSTATUSCODES
            S: 250-CHUNKING
            S: 250-DSN
            S: 250-X-UNKNOWN a b c
            S: 250 SMTPUTF8

            """,
            chunking);

        var connected = Assert.IsType<SmtpConnectResult.Connected>(await ClientScene.ConnectAsync(server));

        Assert.Equal(
            new SmtpExtensions
            {
                Pipelining = true,
                Size = true,
                SizeLimitBytes = 35882577,
                EightBitMime = true,
                StartTls = true,
                EnhancedCodes = true,
                Chunking = true,
                Dsn = true,
                SmtpUtf8 = true,
            },
            connected.Connection.Extensions);
    }

    [Fact]
    public async Task Open_ehloUnknown_fallsBackToHelo()
    {
        var server = new ScriptedStream("S: 220 old\nC: EHLO me.example\nS: 502 what\nC: HELO me.example\nS: 250 old\n");

        var connected = Assert.IsType<SmtpConnectResult.Connected>(await ClientScene.ConnectAsync(server, TlsMode.Opportunistic));

        Assert.Equal(SmtpExtensions.None, connected.Connection.Extensions);
        server.AssertPlayed();
    }

    [Theory]
    [InlineData("S: 554 5.7.1 go away\n", 554, SmtpFailureStage.Greeting)]
    [InlineData("S: 421 4.3.2 busy\nS!", 421, SmtpFailureStage.Greeting)]
    [InlineData("S!", 0, SmtpFailureStage.Greeting)]
    [InlineData("S: 220 hi\nC: EHLO me.example\nS: 421 4.7.0 rate\n", 421, SmtpFailureStage.Ehlo)]
    [InlineData("S: 220 hi\nC: EHLO me.example\nS: 550 no\nC: HELO me.example\nS: 550 5.7.1 no\n", 550, SmtpFailureStage.Ehlo)]
    [InlineData("S: 220 hi\nC: EHLO me.example\nS!", 0, SmtpFailureStage.Ehlo)]
    public async Task Open_refused_saysWhereAndWhat(string script, int code, SmtpFailureStage stage)
    {
        foreach (var chunking in Enum.GetValues<Chunking>())
        {
            var server = new ScriptedStream(script, chunking);
            var refused = Assert.IsType<SmtpConnectResult.Refused>(await ClientScene.ConnectAsync(server));

            Assert.Equal((code, stage), (refused.Reply.Code, refused.Stage));
            server.AssertPlayed();
        }
    }

    [Theory]
    [InlineData("S: 250 x\n", TlsMode.Required, "TLS is required and the receiver does not offer STARTTLS")]
    [InlineData("S: 250-x\nS: 250 STARTTLS\nC: STARTTLS\nS: 454 4.7.0 not now\n", TlsMode.Required, "not now")]
    [InlineData("S: 250-x\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nS: 250 injected\n", TlsMode.Opportunistic, "plaintext after its answer to STARTTLS")]
    public async Task Open_tlsNotToBeHad_neverGoesOnInPlaintext(string script, TlsMode mode, string reason)
    {
        var server = new ScriptedStream("S: 220 x\nC: EHLO me.example\n" + script);

        var refused = Assert.IsType<SmtpConnectResult.Refused>(await ClientScene.ConnectAsync(server, mode));

        Assert.Equal(SmtpFailureStage.Tls, refused.Stage);
        Assert.Contains(reason, refused.Reply.Text, StringComparison.Ordinal);
        Assert.False(refused.PlaintextMayFollow);
        server.AssertPlayed();
    }

    [Fact]
    public async Task Open_starttlsRefusedWhileOpportunistic_goesOnInPlaintext()
    {
        var server = new ScriptedStream("S: 220 x\nC: EHLO me.example\nS: 250-x\nS: 250 STARTTLS\nC: STARTTLS\nS: 454 4.7.0 not now\n");

        var connected = Assert.IsType<SmtpConnectResult.Connected>(await ClientScene.ConnectAsync(server, TlsMode.Opportunistic));

        Assert.Null(connected.Connection.Tls);
    }

    [Fact]
    public async Task Open_serverSpeaksAheadOfEhlo_isRefused()
    {
        var refused = Assert.IsType<SmtpConnectResult.Refused>(await ClientScene.ConnectAsync(new ScriptedStream("S: 220 x\nS: 250 y\n")));

        Assert.Contains("before it was asked", refused.Reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_noGreeting_timesOutAfterFiveMinutes()
    {
        var clock = new ManualClock();
        var opening = ClientScene.ConnectAsync(new ScriptedStream(""), clock: clock);
        clock.Advance(TimeSpan.FromMinutes(5));

        var refused = Assert.IsType<SmtpConnectResult.Refused>(await opening);
        Assert.Equal((SmtpFailureStage.Greeting, new SmtpReply(0, "", "timed out")), (refused.Stage, refused.Reply));
    }

    [Fact]
    public async Task Open_slowDribble_isStillBoundByTheTime()
    {
        var clock = new ManualClock();
        var server = new ScriptedStream("S: 220 x\nC: EHLO me.example\nS: 250-a\n");
        var opening = ClientScene.ConnectAsync(server, clock: clock);
        Assert.False(opening.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(SmtpFailureStage.Ehlo, Assert.IsType<SmtpConnectResult.Refused>(await opening).Stage);
    }

    [Fact]
    public async Task ConnectAsync_firstEndpointDead_triesTheNextFromTheSourceAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int dead;
        using (var gone = new TcpListener(IPAddress.Loopback, 0))
        {
            gone.Start();
            dead = ((IPEndPoint)gone.LocalEndpoint).Port;
        }

        var target = ClientScene.Target with
        {
            Endpoints = [new(IPAddress.IPv6Loopback, 1), new(IPAddress.Loopback, dead), (IPEndPoint)listener.LocalEndpoint],
            Source = IPAddress.Parse("127.0.0.9"),
        };
        var connecting = SmtpClientConnection.ConnectAsync(target, SmtpTimeouts.Default, TimeProvider.System).AsTask();
        using var peer = await listener.AcceptSocketAsync();
        Assert.Equal("127.0.0.9", ((IPEndPoint)peer.RemoteEndPoint!).Address.ToString());
        await peer.SendAsync("554 5.7.1 no\r\n"u8.ToArray());

        var refused = Assert.IsType<SmtpConnectResult.Refused>(await connecting);
        Assert.Equal((554, (IPEndPoint)listener.LocalEndpoint), (refused.Reply.Code, refused.Endpoint));
    }

    [Fact]
    public async Task ConnectAsync_nobodyThere_isCodeZeroAtConnect()
    {
        int dead;
        using (var gone = new TcpListener(IPAddress.Loopback, 0))
        {
            gone.Start();
            dead = ((IPEndPoint)gone.LocalEndpoint).Port;
        }

        var result = await SmtpClientConnection.ConnectAsync(
            ClientScene.Target with { Endpoints = [new(IPAddress.Loopback, dead)] }, SmtpTimeouts.Default, TimeProvider.System);

        var refused = Assert.IsType<SmtpConnectResult.Refused>(result);
        Assert.Equal((SmtpFailureStage.Connect, 0), (refused.Stage, refused.Reply.Code));
    }
}
