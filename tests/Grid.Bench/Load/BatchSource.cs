using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Grid.Bench.Wire;

namespace Grid.Bench.Load;

/// <summary>
/// Injects over HTTP in batches: a few connections, each posting bodies that were made beforehand, so that the bench itself costs little.
/// </summary>
internal sealed class BatchSource(Uri grid, string tenantKey) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 64 })
    {
        BaseAddress = grid,
        Timeout = TimeSpan.FromMinutes(2),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", tenantKey) },
    };

    /// <summary>One batch's JSON: so many messages with a text of so many bytes, each to the recipient that the function names.</summary>
    public static byte[] Body(int messages, int sizeBytes, Func<int, string> recipient)
    {
        var text = Tag.Text(sizeBytes);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            messages = Enumerable.Range(0, messages).Select(i => new
            {
                from = $"News <{MailLoad.Sender}>",
                to = new[] { recipient(i) },
                subject = "News of the week",
                stream = "bulk",
                text,
                consent = new { method = "double-opt-in", at = "2026-01-01T00:00:00Z", ip = "192.0.2.1", source = "form" },
            }),
        });
    }

    /// <summary>Posts the batches over so many connections; <paramref name="body"/> is asked for each by its number.</summary>
    /// <returns>Recipients that were queued.</returns>
    /// <exception cref="BenchException">A batch was refused.</exception>
    public async Task<int> RunAsync(int batches, int connections, Func<int, byte[]> body, CancellationToken cancel)
    {
        var next = 0;
        var queued = 0;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(
            async () =>
            {
                for (int number; (number = Interlocked.Increment(ref next) - 1) < batches;)
                {
                    Interlocked.Add(ref queued, await PostAsync(body(number), cancel));
                }
            },
            cancel)));
        return queued;
    }

    public void Dispose() => http.Dispose();

    private async Task<int> PostAsync(byte[] body, CancellationToken cancel)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        try
        {
            using var answer = await http.PostAsync("/v1/messages/batch", content, cancel);
            var bytes = await answer.Content.ReadAsByteArrayAsync(cancel);
            return answer.StatusCode == HttpStatusCode.Accepted
                ? Queued(bytes)
                : throw new BenchException($"a batch got {(int)answer.StatusCode}: {Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 300)))}");
        }
        catch (HttpRequestException broken)
        {
            throw new BenchException($"a batch was not answered: {broken.Message}", broken);
        }
    }

    // Counted without building a document: the answers are large and the bench shares the processors.
    private static int Queued(ReadOnlySpan<byte> answer)
    {
        var count = 0;
        var reader = new Utf8JsonReader(answer);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("status"u8) && reader.Read() && reader.ValueTextEquals("queued"u8))
            {
                count++;
            }
        }

        return count;
    }
}
