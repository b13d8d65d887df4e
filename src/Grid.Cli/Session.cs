using System.Text;
using System.Text.Json.Nodes;
using Grid.Cli.Output;
using Grid.Client;

namespace Grid.Cli;

/// <summary>One run of the command: whom it speaks to, and where it writes.</summary>
internal sealed class Session(GridClient client, Screen screen, Surroundings around) : IDisposable
{
    public GridClient Client => client;

    public Screen Screen => screen;

    public Surroundings Around => around;

    /// <summary>Asks, and shows the answer or why there is none; an answer that is no JSON is shown as it is. Returns the exit code.</summary>
    public async Task<int> AskAsync(GridRequest request, Action<Screen, JsonNode> show, CancellationToken cancellationToken)
    {
        var answer = await client.CallAsync(request, cancellationToken);
        if (!answer.IsSuccess)
        {
            screen.Problem(answer);
            return ExitCode.Refused;
        }

        if (answer.Json is null && answer.Text.Length > 0)
        {
            screen.Document(answer.Text);
        }
        else
        {
            show(screen, answer.Json ?? new JsonObject());
        }

        return ExitCode.Done;
    }

    /// <inheritdoc cref="AskAsync(GridRequest, Action{Screen, JsonNode}, CancellationToken)" />
    public Task<int> AskAsync(HttpMethod method, string path, JsonNode? body, Action<Screen, JsonNode> show, CancellationToken cancellationToken, string? reason = null) =>
        AskAsync(new(method, path) { Body = body?.ToJsonString(), Reason = reason }, show, cancellationToken);

    public Task<int> GetAsync(string path, Action<Screen, JsonNode> show, CancellationToken cancellationToken) => AskAsync(new(HttpMethod.Get, path), show, cancellationToken);

    /// <summary>All pages of a list whose answers say where the next begins, as one array; stops at a bound that no grid reaches.</summary>
    /// <param name="cursor">The query's name for where a page begins.</param>
    public async Task<int> ListAsync(string path, string field, IReadOnlyList<Column> columns, int limit, CancellationToken cancellationToken, string cursor = "after")
    {
        var rows = new JsonArray();
        JsonNode? next = null;
        do
        {
            var page = Math.Min(1000, limit - rows.Count);
            var query = (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + FormattableString.Invariant($"limit={page}") + (next is null ? "" : $"&{cursor}={Uri.EscapeDataString(next.ToString())}");
            var answer = await client.CallAsync(new GridRequest(HttpMethod.Get, path + query), cancellationToken);
            if (!answer.IsSuccess)
            {
                screen.Problem(answer);
                return ExitCode.Refused;
            }

            foreach (var row in answer.Json?[field]?.AsArray() ?? [])
            {
                rows.Add(row?.DeepClone());
            }

            next = answer.Json?["next"] ?? answer.Json?[cursor];
        }
        while (next is not null && rows.Count < limit);

        screen.Table(new JsonObject { [field] = rows.DeepClone() }, rows, columns);
        return ExitCode.Done;
    }

    /// <summary>Takes an answer as it comes: into a file byte for byte, or as text to where answers go.</summary>
    /// <param name="file">Made, or written over; null for none.</param>
    public async Task<int> SaveAsync(GridRequest request, string? file, CancellationToken cancellationToken)
    {
        var answer = await client.DownloadAsync(request, body => file is null ? WriteAsync(body, cancellationToken) : KeepAsync(body, file, cancellationToken), cancellationToken);
        if (answer.IsSuccess)
        {
            return ExitCode.Done;
        }

        screen.Problem(answer);
        return ExitCode.Refused;
    }

    private async Task KeepAsync(Stream body, string file, CancellationToken cancellationToken)
    {
        long size;
        try
        {
            await using var kept = File.Create(file);
            await body.CopyToAsync(kept, cancellationToken);
            size = kept.Length;
        }
        catch (Exception e) when (e is UnauthorizedAccessException || (e is IOException and not HttpIOException))
        {
            throw new UsageException($"{file} cannot be written: {e.Message}");
        }

        screen.Line(new JsonObject { ["file"] = file, ["sizeBytes"] = size }, FormattableString.Invariant($"{file}: {size} bytes"));
    }

    /// <summary>A terminal gets it harmless, a program as it is.</summary>
    private async Task WriteAsync(Stream body, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(body);
        if (screen.IsJson)
        {
            screen.Json(new JsonObject { ["text"] = await reader.ReadToEndAsync(cancellationToken) });
            return;
        }

        var buffer = new char[8192];
        while (!around.IsTerminal && await reader.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            await around.Out.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        while (around.IsTerminal && await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            await around.Out.WriteLineAsync(Safe.Text(line).AsMemory(), cancellationToken);
        }
    }

    /// <summary>The text of a file, or of the input for "-".</summary>
    public async Task<string> ReadAsync(string file, CancellationToken cancellationToken) =>
        file == "-" ? await around.In.ReadToEndAsync(cancellationToken) : await OpenAsync(file, File.ReadAllTextAsync, cancellationToken);

    /// <summary>A file byte for byte, or the input for "-".</summary>
    public async Task<byte[]> ReadBytesAsync(string file, CancellationToken cancellationToken) =>
        file == "-" ? Encoding.UTF8.GetBytes(await around.In.ReadToEndAsync(cancellationToken)) : await OpenAsync(file, File.ReadAllBytesAsync, cancellationToken);

    public void Dispose() => client.Dispose();

    private static async Task<T> OpenAsync<T>(string file, Func<string, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read(file, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {e.Message}");
        }
    }
}
