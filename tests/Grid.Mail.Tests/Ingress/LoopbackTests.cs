using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Grid.Core.Vocabulary;
using Grid.Mail.Ingress;
using Grid.Mail.Sending;

namespace Grid.Mail.Tests.Ingress;

/// <summary>Client and listener against each other and against others' programs, over real sockets.</summary>
public sealed class LoopbackTests
{
    [Theory]
    [InlineData(TlsMode.None)]
    [InlineData(TlsMode.Opportunistic)]
    [InlineData(TlsMode.Required)]
    public async Task Deliver_toOurOwnListener_messagesArriveAsSent(TlsMode mode)
    {
        using var certificate = LoopbackListener.SelfSigned("grid.example");
        await using var listener = await LoopbackListener.StartAsync(ServerScene.Options() with { Certificate = certificate }, new RecordingGate { Trusted = "acme" });
        var connection = await ConnectAsync(listener.Endpoint, mode);
        Assert.Equal(mode != TlsMode.None, connection.Tls is not null);
        Assert.True(connection.Tls is null or { Authority: "" });

        byte[][] bodies = [.. Enumerable.Range(0, 20).Select(Body)];
        var transactions = new Queue<SmtpTransaction>(bodies.Select(b => new SmtpTransaction("s@acme.example", ["r@x.example"], b)));
        SmtpTransaction? next = transactions.Dequeue();
        while (next is { } current)
        {
            next = null;
            var result = await connection.DeliverAsync(current, () => next = transactions.TryDequeue(out var following) ? following : null);
            Assert.Equal(250, result.Recipients[0].Code);
        }

        await connection.QuitAsync();
        Assert.Equal(20, connection.MessagesSent);
        Assert.Equal(20, listener.Gate.Messages.Count);
        Assert.All(listener.Gate.Messages, (message, i) => Assert.True(message.Data.AsSpan().SequenceEqual(bodies[i]), $"Message {i} differs."));
        Assert.Equal(mode != TlsMode.None, listener.Gate.LastSession!.TlsProtocol is not null);
    }

    [Fact]
    public async Task Connect_verifiedAndSelfSigned_isRefusedAtTls()
    {
        using var certificate = LoopbackListener.SelfSigned("mx.example");
        await using var listener = await LoopbackListener.StartAsync(ServerScene.Options() with { Certificate = certificate }, new RecordingGate());

        var result = await SmtpClientConnection.ConnectAsync(Target(listener.Endpoint, TlsMode.Verified), SmtpTimeouts.Default, TimeProvider.System);

        Assert.Equal(SmtpFailureStage.Tls, Assert.IsType<SmtpConnectResult.Refused>(result).Stage);
    }

    [Fact]
    public async Task Connect_handshakeFailsWhileOpportunistic_comesBackInPlaintext()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var connecting = ConnectAsync((IPEndPoint)server.LocalEndpoint, TlsMode.Opportunistic);
        using (var first = await server.AcceptTcpClientAsync())
        {
            await SayAsync(first, "220 x\r\n", "EHLO me.example\r\n", "250-x\r\n250 STARTTLS\r\n", "STARTTLS\r\n", "220 go\r\n");
            await first.GetStream().ReadExactlyAsync(new byte[5]); // the hello's first bytes
            await SayAsync(first, "this is not TLS at all\r\n");
        }

        using var second = await server.AcceptTcpClientAsync();
        await SayAsync(second, "220 x\r\n", "EHLO me.example\r\n", "250-x\r\n250 STARTTLS\r\n");
        await using var connection = await connecting;
        Assert.Null(connection.Tls);
    }

    [Fact]
    public async Task StopAsync_idleSession_saysGoodbyeAtOnce()
    {
        var listener = await LoopbackListener.StartAsync(ServerScene.Options(), new RecordingGate());
        using var client = new TcpClient();
        await client.ConnectAsync(listener.Endpoint);
        using var reader = new StreamReader(client.GetStream());
        Assert.StartsWith("220 ", await reader.ReadLineAsync(), StringComparison.Ordinal);

        var stopping = listener.DisposeAsync().AsTask();

        Assert.Equal("421 4.3.2 Shutting down; try again in a moment", await reader.ReadLineAsync());
        Assert.Null(await reader.ReadLineAsync());
        await stopping;
    }

    [Fact]
    public async Task ProbeIdle_serverClosedMeanwhile_isNoticed()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var connecting = ConnectAsync((IPEndPoint)server.LocalEndpoint, TlsMode.None);
        using var peer = await server.AcceptTcpClientAsync();
        await SayAsync(peer, "220 x\r\n", "EHLO me.example\r\n", "250 x\r\n");
        await using var connection = await connecting;
        Assert.True(connection.ProbeIdle());
        peer.Client.Shutdown(SocketShutdown.Both);
        Assert.True(SpinWait.SpinUntil(() => !connection.ProbeIdle(), TimeSpan.FromSeconds(10)));
        Assert.False(connection.IsUsable);
    }

    [Theory]
    [InlineData("--tls --auth PLAIN")]
    [InlineData("--tls --auth LOGIN")]
    [InlineData("--auth PLAIN --pipeline")]
    public async Task OnConnected_swaks_signsInAndDelivers(string how)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/swaks"), "swaks is not installed: apt-get install swaks");
        using var certificate = LoopbackListener.SelfSigned("grid.example");
        await using var listener = await LoopbackListener.StartAsync(ServerScene.Options() with { Certificate = certificate }, new RecordingGate());

        var (status, output) = await RunAsync(
            "/usr/bin/swaks",
            $"--server 127.0.0.1 --port {listener.Endpoint.Port} --from s@acme.example --to r@x.example,q@x.example --auth-user acme --auth-password key-1 {how} --timeout 20");

        Assert.True(status == 0, output);
        var (envelope, data) = Assert.Single(listener.Gate.Messages);
        Assert.Equal(["r@x.example", "q@x.example"], envelope.Recipients.Select(r => r.Address));
        Assert.Contains("This is a test mailing", Encoding.UTF8.GetString(data), StringComparison.Ordinal);
        Assert.Equal("acme", listener.Gate.LastSession!.Tenant);
    }

    [Fact]
    public async Task OnConnected_smtpSource_deliversAll()
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/smtp-source"), "smtp-source is not installed: apt-get install postfix");
        await using var listener = await LoopbackListener.StartAsync(ServerScene.Options(), new RecordingGate { Trusted = "acme" });

        var (status, output) = await RunAsync("/usr/sbin/smtp-source", $"-d -s 1 -m 50 -l 4096 127.0.0.1:{listener.Endpoint.Port}");

        Assert.True(status == 0, output);
        Assert.Equal(50, listener.Gate.Messages.Count);
    }

    [Fact]
    public async Task Deliver_toPostfixSink_messagesAreTaken()
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/smtp-sink"), "smtp-sink is not installed: apt-get install postfix");
        int port = FreePort();
        using var sink = Process.Start(new ProcessStartInfo("/usr/sbin/smtp-sink", $"-u nobody -h mx.example 127.0.0.1:{port} 50") { RedirectStandardError = true })!;
        try
        {
            var connection = await ReachAsync(new IPEndPoint(IPAddress.Loopback, port));
            Assert.True(connection.Extensions.Pipelining);
            SmtpTransaction? next = new("s@me.example", ["a@x", "b@x"], Body(0), eightBit: true);
            for (int i = 1; i <= 50; i++)
            {
                var current = next!;
                next = i < 50 ? new("s@me.example", ["a@x", "b@x"], Body(i), eightBit: true) : null;
                var result = await connection.DeliverAsync(current, () => next);
                Assert.Equal([250, 250], result.Recipients.Select(r => r.Code));
            }

            Assert.Equal(50, connection.MessagesSent);
            await connection.QuitAsync();
        }
        finally
        {
            sink.Kill();
            await sink.WaitForExitAsync();
        }
    }

    private static byte[] Body(int number) =>
        Encoding.UTF8.GetBytes($"Subject: {number}\r\n\r\n.\r\n..dots\r\n" + string.Concat(Enumerable.Repeat("0123456789 é\r\n", number * 700)));

    private static SmtpTarget Target(IPEndPoint endpoint, TlsMode mode) => new("mx.example", [endpoint], mode, null, "me.example", "test");

    private static async Task<SmtpClientConnection> ConnectAsync(IPEndPoint endpoint, TlsMode mode)
    {
        var result = await SmtpClientConnection.ConnectAsync(Target(endpoint, mode), SmtpTimeouts.Default, TimeProvider.System);
        return Assert.IsType<SmtpConnectResult.Connected>(result).Connection;
    }

    /// <summary>Connects to a program that is still starting: refusals are repeated for at most 10 s.</summary>
    private static async Task<SmtpClientConnection> ReachAsync(IPEndPoint endpoint)
    {
        for (long start = Stopwatch.GetTimestamp(); ;)
        {
            var result = await SmtpClientConnection.ConnectAsync(Target(endpoint, TlsMode.None), SmtpTimeouts.Default, TimeProvider.System);
            if (result is SmtpConnectResult.Connected connected)
                return connected.Connection;

            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), result.ToString());
            await Task.Yield();
        }
    }

    /// <summary>Speaks the first line and then, for each pair, hears one and speaks the other.</summary>
    private static async Task SayAsync(TcpClient client, params string[] turns)
    {
        for (int i = 0; i < turns.Length; i++)
        {
            byte[] bytes = Encoding.ASCII.GetBytes(turns[i]);
            if (i % 2 == 0)
            {
                await client.GetStream().WriteAsync(bytes);
                continue;
            }

            byte[] heard = new byte[bytes.Length];
            await client.GetStream().ReadExactlyAsync(heard);
            Assert.Equal(turns[i], Encoding.ASCII.GetString(heard));
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<(int Status, string Output)> RunAsync(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
