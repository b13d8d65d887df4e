using System.Net;
using System.Net.Sockets;
using System.Text;
using Grid.Mail.Ingress;

namespace Grid.Mail.Tests.Ingress;

/// <summary>Many connections that do nothing, or next to nothing, keep no mail out of a listener.</summary>
public sealed class CrowdTests
{
    private static readonly string SignIn = "AUTH PLAIN " + Convert.ToBase64String("\0acme\0key-1"u8);

    private static readonly SmtpListenerOptions Inbound = ServerScene.Options() with { Kind = SmtpListenerKind.Inbound };

    [Fact]
    public async Task OnConnected_full_theSessionThatIsIdleLongestMakesRoom()
    {
        await using var listener = await LoopbackListener.StartAsync(Inbound with { MaxConnections = 2 }, new RecordingGate());
        using var first = await Client.OpenAsync(listener.Endpoint);
        using var second = await Client.OpenAsync(listener.Endpoint);
        await first.SayAsync("EHLO a.example");

        using var third = await Client.OpenAsync(listener.Endpoint);

        Assert.StartsWith("421 4.3.2 Idle while others wait", await second.ReadAsync(), StringComparison.Ordinal);
        Assert.StartsWith("250", await first.SayAsync("MAIL FROM:<>"), StringComparison.Ordinal);
        Assert.StartsWith("250", await third.SayAsync("EHLO c.example"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnConnected_fullOfTransactions_theNewcomerIsRefused()
    {
        await using var listener = await LoopbackListener.StartAsync(Inbound with { MaxConnections = 1 }, new RecordingGate());
        using var first = await Client.OpenAsync(listener.Endpoint);
        await first.SayAsync("EHLO a.example");
        await first.SayAsync("MAIL FROM:<>");

        using var second = await Client.OpenAsync(listener.Endpoint, "421 4.3.2 Too many connections");

        Assert.StartsWith("250", await first.SayAsync("RCPT TO:<b@x.example>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnConnected_tooManyOfOnePeer_onlyItsOwnMakeRoom()
    {
        await using var listener = await LoopbackListener.StartAsync(Inbound with { MaxConnectionsPerPeer = 1 }, new RecordingGate());
        using var other = await Client.OpenAsync(listener.Endpoint, from: "127.0.0.5");
        using var first = await Client.OpenAsync(listener.Endpoint);

        using var second = await Client.OpenAsync(listener.Endpoint);

        Assert.StartsWith("421 4.3.2 Idle while others wait", await first.ReadAsync(), StringComparison.Ordinal);
        Assert.StartsWith("250", await other.SayAsync("EHLO a.example"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnConnected_submission_clientsThatHaveSignedInKeepTheirPlaces()
    {
        await using var listener = await LoopbackListener.StartAsync(ServerScene.Options() with { MaxConnections = 1 }, new RecordingGate());
        using var first = await Client.OpenAsync(listener.Endpoint);
        await first.SayAsync("EHLO a.example");
        await first.SayAsync(SignIn);

        using var second = await Client.OpenAsync(listener.Endpoint, "421 4.3.2 Too many connections");

        Assert.StartsWith("250", await first.SayAsync("MAIL FROM:<a@acme.example>"), StringComparison.Ordinal);
    }

    [Fact]
    public void OnConnected_submissionFullOfStrangers_whoIsSilentForTenSecondsMakesRoom()
    {
        var stranger = new ServerScene(ServerScene.Options() with { MaxConnections = 1 }, new RecordingGate());
        stranger.Hear();
        stranger.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.StartsWith("421 4.3.2 Too many connections", new ServerScene(listener: stranger.Listener).Hear(), StringComparison.Ordinal);

        stranger.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.StartsWith("220", new ServerScene(listener: stranger.Listener).Hear(), StringComparison.Ordinal);
        Assert.StartsWith("421 4.3.2 Idle while others wait", stranger.Hear(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpListenerKind.Submission, "EHLO a.example\r\nAUTH LOGIN\r\n")]
    [InlineData(SmtpListenerKind.Inbound, "EHLO a.example\r\n|MAIL FROM:<>\r\n")]
    [InlineData(SmtpListenerKind.Inbound, "EHLO a.example\r\n|MAIL FROM:<>\r\nRCPT TO:<b@x.example>\r\nDATA\r\n|S")]
    [InlineData(SmtpListenerKind.Inbound, "EHLO a.example\r\n|MAIL FROM:<>\r\nRCPT TO:<b@x.example>\r\nBDAT 1000\r\nS")]
    public void OnConnected_fullOfSlowClients_whoTakesAMinuteMakesRoom(SmtpListenerKind kind, string said)
    {
        var options = ServerScene.Options(kind) with { MaxConnections = 1 };
        var slow = new ServerScene(options, new RecordingGate(), peer: "127.0.0.1");
        foreach (var part in said.Replace("example\r\nAUTH", "example\r\n|AUTH", StringComparison.Ordinal).Split('|'))
            slow.Send(part);

        slow.Hear();
        slow.Clock.Advance(TimeSpan.FromSeconds(59));
        var early = new ServerScene(listener: slow.Listener);
        Assert.StartsWith("421 4.3.2 Too many connections", early.Hear(), StringComparison.Ordinal);
        Assert.Equal("", slow.Hear());

        slow.Clock.Advance(TimeSpan.FromSeconds(1));
        var late = new ServerScene(listener: slow.Listener);
        Assert.StartsWith("220", late.Hear(), StringComparison.Ordinal);
        Assert.StartsWith("421 4.3.2 Idle while others wait", slow.Hear(), StringComparison.Ordinal);
        Assert.True(slow.Session.IsCompletedSuccessfully);
        late.HangUp();
        Assert.Equal((0, 0), (slow.Listener.Connections, slow.Listener.BufferedBytes));
    }

    [Fact]
    public async Task OnConnected_amongAThousandIdleAndAHundredSlowClients_aBounceIsTaken()
    {
        var gate = new RecordingGate();
        await using var listener = await LoopbackListener.StartAsync(Inbound with { MaxConnections = 1000, MaxConnectionsPerPeer = 200 }, gate);
        var clients = new List<Client>();
        try
        {
            for (var i = 0; i < 100; i++)
            {
                var slow = await Client.OpenAsync(listener.Endpoint, from: "127.0.1.1");
                clients.Add(slow);
                await slow.SayAsync("EHLO slow.example");
                await slow.SayAsync("MAIL FROM:<>");
                await slow.SayAsync("RCPT TO:<b@x.example>");
                await slow.SayAsync("DATA");
                await slow.SendAsync("S");
            }

            for (var i = 0; i < 1000; i++)
            {
                clients.Add(await Client.OpenAsync(listener.Endpoint, from: $"127.0.2.{1 + (i / 100)}"));
            }

            using var bounce = await Client.OpenAsync(listener.Endpoint);
            await bounce.SayAsync("EHLO mx.example");
            await bounce.SayAsync("MAIL FROM:<>");
            await bounce.SayAsync("RCPT TO:<b@x.example>");
            await bounce.SayAsync("DATA");
            Assert.StartsWith("250", await bounce.SayAsync("Subject: failed\r\n\r\nx\r\n."), StringComparison.Ordinal);
            Assert.Single(gate.Messages);
        }
        finally
        {
            clients.ForEach(static client => client.Dispose());
        }
    }

    private sealed class Client : IDisposable
    {
        private readonly TcpClient _client = new(AddressFamily.InterNetwork);
        private StreamReader? _reader;

        public static async Task<Client> OpenAsync(IPEndPoint server, string greeting = "220 ", string? from = null)
        {
            var client = new Client();
            if (from is not null)
            {
                client._client.Client.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            }

            await client._client.ConnectAsync(server);
            client._reader = new(client._client.GetStream(), Encoding.ASCII);
            Assert.StartsWith(greeting, await client.ReadAsync(), StringComparison.Ordinal);
            return client;
        }

        public async Task<string> SayAsync(string line)
        {
            await SendAsync(line + "\r\n");
            var reply = await ReadAsync();
            while (reply.Length > 3 && reply[3] == '-')
            {
                reply = await ReadAsync();
            }

            return reply;
        }

        public ValueTask SendAsync(string text) => _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));

        public async Task<string> ReadAsync() => await _reader!.ReadLineAsync() ?? "";

        public void Dispose() => _client.Dispose();
    }
}
