using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Grid.System.Tests.Beds;

/// <summary>Serves policies of RFC 8461 over HTTPS, port 443 of an address of loopback, by the name that is asked for.</summary>
internal sealed class PolicyWeb : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Dictionary<string, string> _policies;
    private readonly X509Certificate2 _certificate;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _serving;

    /// <param name="policies">By host name, such as mta-sts.a.test.</param>
    public PolicyWeb(string address, MadeAuthority.Served certificate, Dictionary<string, string> policies)
    {
        (_listener, _policies) = (new(IPAddress.Parse(address), 443), policies);
        using var read = X509Certificate2.CreateFromPemFile(certificate.ChainFile, certificate.KeyFile);
        _certificate = X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        _listener.Start();
        _serving = ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _serving;
        _certificate.Dispose();
        _ending.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                _ = Task.Run(() => AnswerAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(_certificate);
            var buffer = new byte[4096];
            var request = Encoding.ASCII.GetString(buffer, 0, await tls.ReadAsync(buffer));
            var host = request.Split("\r\n").First(line => line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase))[5..].Trim();
            var text = _policies.GetValueOrDefault(host);
            await tls.WriteAsync(Encoding.ASCII.GetBytes(text is null
                ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                : $"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {text.Length}\r\nConnection: close\r\n\r\n{text}"));
        }
        catch (Exception e) when (e is IOException or global::System.Security.Authentication.AuthenticationException)
        {
            // A client that goes away.
        }
    }
}
