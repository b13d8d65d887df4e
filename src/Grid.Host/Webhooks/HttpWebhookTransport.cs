using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Grid.Host.Options;

namespace Grid.Host.Webhooks;

/// <summary>
/// Posts over HTTP 1.1. In: a URL, a body, headers. Out: whether it was taken.
/// Guarantees that no tenant reaches what stands beside the grid: each delivery has a connection of its own, resolves anew, refuses where
/// one of the addresses is refused, and connects to the very address that was checked; no proxy, no redirect, no cookie, no credential of
/// ours goes along; TLS checks the certificate against the name. At most 16 KiB of the answer's headers and 1 KiB of its body are read.
/// Fails by an answer, at the latest after <c>Grid:Webhooks:TimeoutSeconds</c>.
/// </summary>
public sealed class HttpWebhookTransport : IWebhookTransport, IReportTransport, IDisposable
{
    private const int MaxHeadersKiB = 16;
    private const int MaxBodyBytes = 1024;
    private const int MaxWords = 120;

    private readonly HttpClient _client;
    private readonly IHostAddresses _addresses;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;

    public HttpWebhookTransport(IHostAddresses addresses, WebhookOptions options, TimeProvider clock)
    {
        (_addresses, _options, _clock) = (addresses, options, clock);
        _client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseHeadersLength = MaxHeadersKiB,
            MaxResponseDrainSize = 0,
            ActivityHeadersPropagator = null,
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, cancellationToken),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <inheritdoc />
    public ValueTask<WebhookAnswer> PostAsync(Uri url, ReadOnlyMemory<byte> json, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken) =>
        PostAsync(url, json, new("application/json") { CharSet = "utf-8" }, "Grid-Webhooks/1", headers, cancellationToken);

    /// <inheritdoc />
    public ValueTask<WebhookAnswer> PostAsync(Uri url, ReadOnlyMemory<byte> body, string mediaType, CancellationToken cancellationToken) =>
        PostAsync(url, body, new(mediaType), "Grid-Reports/1", [], cancellationToken);

    private async ValueTask<WebhookAnswer> PostAsync(
        Uri url, ReadOnlyMemory<byte> body, MediaTypeHeaderValue type, string agent, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = type;
        request.Headers.UserAgent.ParseAdd(agent);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await JudgeAsync(response, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WebhookAnswer.Failed(string.Create(CultureInfo.InvariantCulture, $"no answer within {_options.Timeout.TotalSeconds:0} s"));
        }
        catch (HttpRequestException e)
        {
            return new WebhookAnswer.Failed(Words(e));
        }
        catch (IOException e)
        {
            return new WebhookAnswer.Failed(Shorten(e.Message));
        }
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint host, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host.Host, out var literal) ? [literal] : await _addresses.ResolveAsync(host.Host, cancellationToken);
        if (addresses.Count == 0)
        {
            throw new AddressRefusedException("the host's name has no address");
        }

        foreach (var address in addresses)
        {
            if (AddressRule.Fault(address, _options.AllowPrivate) is { } fault)
            {
                throw new AddressRefusedException($"the host's name leads where webhooks may not: {fault}");
            }
        }

        return await ConnectAsync(addresses, host.Port, cancellationToken);
    }

    /// <summary>To the first address that answers; they were checked, and are not looked up again.</summary>
    private static async ValueTask<Stream> ConnectAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(addresses[i], port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (i + 1 < addresses.Count)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private async ValueTask<WebhookAnswer> JudgeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return new WebhookAnswer.Taken();
        }

        if (response.StatusCode == HttpStatusCode.Gone)
        {
            return new WebhookAnswer.Gone();
        }

        var code = (int)response.StatusCode;
        var words = code is >= 300 and < 400 ? "redirects are not followed" : await ReadWordsAsync(response, cancellationToken);
        var asked = response.Headers.RetryAfter is { } retry ? retry.Delta ?? (retry.Date - _clock.GetUtcNow()) : null;
        return new WebhookAnswer.Failed(string.Create(CultureInfo.InvariantCulture, $"the receiver answered {code}{(words.Length > 0 ? ": " : "")}{words}"), asked);
    }

    private static async ValueTask<string> ReadWordsAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxBodyBytes];
        var length = 0;
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        while (length < buffer.Length && await body.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
        }

        return Shorten(System.Text.Encoding.UTF8.GetString(buffer, 0, length));
    }

    private static string Words(HttpRequestException e) => e.GetBaseException() switch
    {
        AddressRefusedException refused => refused.Message,
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } => "the host's name is not known",
        SocketException socket => $"no connection: {socket.SocketErrorCode}",
        System.Security.Authentication.AuthenticationException tls => $"no TLS: {Shorten(tls.Message)}",
        var other => Shorten(other.Message),
    };

    /// <summary>One line without controls; it is shown to people.</summary>
    private static string Shorten(string text)
    {
        var line = string.Concat(text.Take(MaxWords).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)).Trim();
        return text.Length > MaxWords ? line + "…" : line;
    }
}
