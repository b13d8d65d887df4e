using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Grid.System.Tests.Beds;

/// <summary>An SMTP client that says one command at a time and hands back every reply, all its lines joined by LF.</summary>
internal sealed class SubmissionClient : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private Stream _stream = Stream.Null;
    private WireLines _lines = new(Stream.Null);

    private SubmissionClient()
    {
    }

    public static async Task<SubmissionClient> ConnectAsync(int port)
    {
        var client = new SubmissionClient();
        await client._client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        client.Use(client._client.GetStream());
        Assert.StartsWith("220", await client.ReadReplyAsync());
        return client;
    }

    /// <summary>Greets and signs in as a tenant.</summary>
    public static async Task<SubmissionClient> SignedInAsync(int port, string tenant, string key)
    {
        var client = await ConnectAsync(port);
        Assert.StartsWith("250", await client.SayAsync("EHLO client.example"));
        Assert.StartsWith("235", await client.AuthPlainAsync(tenant, key));
        return client;
    }

    public async Task<string> SayAsync(string command)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), TestContext.Current.CancellationToken);
        return await ReadReplyAsync();
    }

    public Task<string> AuthPlainAsync(string user, string password) =>
        SayAsync("AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{password}")));

    /// <summary>Goes on over TLS with a server that must show this very certificate.</summary>
    public async Task StartTlsAsync(X509Certificate2 expected)
    {
        Assert.StartsWith("220", await SayAsync("STARTTLS"));
        var tls = new SslStream(_stream, false, (_, shown, _, _) => shown is not null && shown.GetCertHashString() == expected.GetCertHashString());
        await tls.AuthenticateAsClientAsync("localhost");
        Use(tls);
    }

    /// <summary>One transaction; the reply that ended it.</summary>
    public async Task<string> SendAsync(string from, string to, byte[] message, string parameters = "")
    {
        foreach (var command in (string[])[$"MAIL FROM:<{from}>{parameters}", $"RCPT TO:<{to}>", "DATA"])
        {
            var reply = await SayAsync(command);
            if (reply[0] is not ('2' or '3'))
            {
                await SayAsync("RSET");
                return reply;
            }
        }

        await _stream.WriteAsync(Stuffed(message), TestContext.Current.CancellationToken);
        return await ReadReplyAsync();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }

    private static byte[] Stuffed(byte[] message)
    {
        using var stuffed = new MemoryStream(message.Length + 64);
        var atStart = true;
        foreach (var octet in message)
        {
            if (atStart && octet == '.')
            {
                stuffed.WriteByte(octet);
            }

            stuffed.WriteByte(octet);
            atStart = octet == '\n';
        }

        stuffed.Write(atStart ? ".\r\n"u8 : "\r\n.\r\n"u8);
        return stuffed.ToArray();
    }

    private async Task<string> ReadReplyAsync()
    {
        var reply = new StringBuilder();
        while (await _lines.ReadAsync(TestContext.Current.CancellationToken) is { } line)
        {
            var text = Encoding.UTF8.GetString(line.Span).TrimEnd('\r', '\n');
            reply.Append(reply.Length > 0 ? "\n" : "").Append(text);
            if (text.Length < 4 || text[3] != '-')
            {
                return reply.ToString();
            }
        }

        throw new IOException("the server closed the connection");
    }

    private void Use(Stream stream) => (_stream, _lines) = (stream, new(stream));
}
