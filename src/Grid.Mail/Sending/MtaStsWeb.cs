using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Grid.Core.Vocabulary;
using Grid.Mail.Dns;

namespace Grid.Mail.Sending;

/// <summary>
/// Fetches policies over HTTPS from <c>mta-sts.DOMAIN</c> (RFC 8461 3.3): a valid certificate, no redirect, text/plain, 64 KiB and 30 s at
/// most, and never from a private address, as it is a stranger's DNS that names it.
/// </summary>
internal sealed class MtaStsWeb : IMtaStsSource, IDisposable
{
    private const int MostBytes = 64 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly int _port;

    public MtaStsWeb(IDnsResolver resolver, MxOptions options, int port = 443, RemoteCertificateValidationCallback? judge = null)
    {
        _port = port;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = 16,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = async (context, cancellationToken) => await ConnectAsync(resolver, options, context.DnsEndPoint, cancellationToken).ConfigureAwait(false),
        };
        handler.SslOptions.RemoteCertificateValidationCallback = judge;
        _http = new(handler) { Timeout = Longest, MaxResponseContentBufferSize = MostBytes };
    }

    public async ValueTask<(string? Text, TlsResult Fault)> FetchAsync(string domain, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder("https", "mta-sts." + domain, _port, "/.well-known/mta-sts.txt").Uri);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/plain"));
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.OK && response.Content.Headers.ContentType?.MediaType == "text/plain"
                ? (Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)), TlsResult.Success)
                : (null, TlsResult.StsPolicyFetchError);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or UriFormatException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, e.GetBaseException() is AuthenticationException || e.InnerException is AuthenticationException ? TlsResult.StsWebPkiInvalid : TlsResult.StsPolicyFetchError);
        }
    }

    public void Dispose() => _http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(IDnsResolver resolver, MxOptions options, DnsEndPoint host, CancellationToken cancellationToken)
    {
        var found = await MxAddresses.FindAsync(resolver, options, host.Host, cancellationToken).ConfigureAwait(false);
        foreach (var address in found.Usable.Take(4))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, host.Port, cancellationToken).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                if (address.Equals(found.Usable[^1]))
                {
                    throw;
                }
            }
        }

        throw new HttpRequestException($"{host.Host} has no address that can be asked");
    }
}
