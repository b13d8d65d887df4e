using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Grid.System.Tests.Beds;

namespace Grid.System.Tests;

/// <summary>Clients behind a real HAProxy, configured as deploy/README.md has it: each is known by its own address.</summary>
public sealed class ClientProxyTests
{
    private const string Robber = "127.0.0.9", Operator = "127.0.0.10", Elsewhere = "127.0.0.11";

    [Fact]
    public async Task Wrong_keys_of_one_client_lock_nobody_else_out_and_no_header_helps_him()
    {
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(FreePort.Next())
            .With("Grid__Http__TrustedProxies", "127.0.0.1").With("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true"));
        var http = new Uri(grid.Settings["Grid__Http__Urls"]).Port;
        await using var proxy = new HaproxyServer(string.Create(CultureInfo.InvariantCulture, $"""
            listen http
                mode http
                bind 127.0.0.1:PORT
                option forwardfor
                server grid 127.0.0.1:{http}
            """));
        await proxy.StartAsync();

        // Through the proxy, with an address of his own making each time.
        for (var i = 0; i < 40; i++)
        {
            var status = await AskAsync(proxy.Port, Robber, "a-wrong-key-of-enough-length", $"127.0.0.10, 192.0.2.{i}");
            Assert.Equal(i < 30 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests, status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(proxy.Port, Robber, GridProcess.OperatorKey));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(proxy.Port, Operator, GridProcess.OperatorKey));

        // Past the proxy nobody's headers are believed, whatever the framework's own switch says.
        for (var i = 0; i < 31; i++)
        {
            await AskAsync(http, Elsewhere, "a-wrong-key-of-enough-length", $"192.0.2.{i}");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(http, Elsewhere, GridProcess.OperatorKey, Operator));
    }

    [Fact]
    public async Task Smtp_clients_are_known_by_their_own_addresses()
    {
        var inbound = FreePort.Next();
        var (submissionDoor, inboundDoor) = (FreePort.Next(), FreePort.Next());
        await using var receiver = new RecordingReceiver();
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(receiver.Port).On(inbound)
            .With("Grid__Submission__Trusted__0__Network", Robber).With("Grid__Submission__Trusted__0__Tenant", "acme")
            .With("Grid__Submission__TrustedProxies", "127.0.0.1").With("Grid__Inbound__TrustedProxies__0", "127.0.0.1/32"));
        await using var proxy = new HaproxyServer(string.Create(CultureInfo.InvariantCulture, $"""
            listen looked-after
                bind 127.0.0.1:PORT
            listen submission
                bind 127.0.0.1:{submissionDoor}
                server grid 127.0.0.1:{grid.SubmissionPort} send-proxy
            listen inbound
                bind 127.0.0.1:{inboundDoor}
                option smtpchk EHLO proxy.example
                server grid 127.0.0.1:{inbound} send-proxy-v2 check check-send-proxy
            """));
        await proxy.StartAsync();
        await grid.Api.TenantAsync("acme");

        Assert.StartsWith("250 ", await TalkAsync(submissionDoor, Robber, "MAIL FROM:<news@acme.example>", "RCPT TO:<u@client.example>", "DATA", "From: news@acme.example\r\nTo: u@client.example\r\nSubject: a\r\n\r\nx\r\n."));
        Assert.StartsWith("530 ", await TalkAsync(submissionDoor, Operator, "MAIL FROM:<news@acme.example>"));
        Assert.Contains($"[{Robber}]", (await receiver.ReceivesAsync(1, 60))[0].Header, StringComparison.Ordinal);

        Assert.StartsWith("250 ", await TalkAsync(inboundDoor, Elsewhere, "MAIL FROM:<a@client.example>", "RCPT TO:<abuse@bounces.localhost>", "DATA", "From: a@client.example\r\nSubject: spam\r\n\r\nThey send me spam.\r\n."));
        Assert.Equal(Elsewhere, (await grid.Api.GetAsync("/v1/abuse")).TextAt("cases.0.peer"));

        // Past the proxy a header is no command; the proxy itself without one is told what is wrong.
        Assert.StartsWith("50", await TalkAsync(grid.SubmissionPort, Elsewhere, $"PROXY TCP4 {Robber} 127.0.0.1 4711 25"));
        await Assert.ThrowsAnyAsync<Exception>(() => TalkAsync(grid.SubmissionPort, "127.0.0.1", "MAIL FROM:<news@acme.example>"));
    }

    private static HttpClient From(string address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    private static async Task<HttpStatusCode> AskAsync(int port, string from, string key, string? forwardedFor = null)
    {
        using var client = From(from);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/v1/tenants");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (forwardedFor is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwardedFor);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    /// <summary>Says EHLO and each command after the reply to the last one; the last reply.</summary>
    private static async Task<string> TalkAsync(int port, string from, params string[] commands)
    {
        using var client = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        using var lines = new StreamReader(client.GetStream(), Encoding.ASCII);
        Assert.StartsWith("220 ", await ReplyAsync(lines));
        var reply = "";
        foreach (var command in (string[])["EHLO client.example", .. commands])
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), TestContext.Current.CancellationToken);
            reply = await ReplyAsync(lines);
        }

        return reply;
    }

    private static async Task<string> ReplyAsync(StreamReader lines)
    {
        var line = await lines.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new IOException("the server closed the connection");
        while (line.Length > 3 && line[3] == '-')
        {
            line = await lines.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new IOException("the server closed the connection");
        }

        return line;
    }
}
