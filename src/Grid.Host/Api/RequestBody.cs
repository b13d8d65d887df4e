using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Grid.Host.Api;

/// <summary>A request's whole body in a rented buffer, which grows with what arrives: an announced length alone claims no memory.</summary>
public sealed class RequestBody : IDisposable
{
    private const int FirstBytes = 64 * 1024;
    private const int MaxFirstBytes = 1024 * 1024;

    private byte[] _buffer;
    private int _length;

    private RequestBody(int firstBytes) => _buffer = ArrayPool<byte>.Shared.Rent(firstBytes);

    /// <summary>The body; not to be used after Dispose.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads it; null when it is larger than <paramref name="maxBytes"/>.</summary>
    /// <exception cref="BadHttpRequestException">The client broke off or sent too slowly.</exception>
    public static async ValueTask<RequestBody?> ReadAsync(HttpContext context, int maxBytes)
    {
        var announced = context.Request.ContentLength ?? FirstBytes;
        if (announced > maxBytes)
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = maxBytes + 1L;
        }

        var body = new RequestBody((int)Math.Clamp(announced + 1, 1024, MaxFirstBytes));
        try
        {
            if (await body.FillAsync(context, maxBytes))
            {
                return body;
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }

        body.Dispose();
        return null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = ([], 0);
    }

    private async ValueTask<bool> FillAsync(HttpContext context, int maxBytes)
    {
        while (true)
        {
            if (_length == _buffer.Length)
            {
                Grow(maxBytes);
            }

            var read = await context.Request.Body.ReadAsync(_buffer.AsMemory(_length), context.RequestAborted);
            if (read == 0)
            {
                return true;
            }

            _length += read;
            if (_length > maxBytes)
            {
                return false;
            }
        }
    }

    private void Grow(int maxBytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(_buffer.Length * 2L, maxBytes + 1L));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
