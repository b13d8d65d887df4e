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

    /// <summary>Asks, and shows the answer or why there is none. Returns the exit code.</summary>
    public async Task<int> AskAsync(HttpMethod method, string path, JsonNode? body, Action<Screen, JsonNode> show, CancellationToken cancellationToken, string mediaType = "application/json", string? text = null)
    {
        var answer = await client.CallAsync(method, path, text ?? body?.ToJsonString(), mediaType, null, cancellationToken);
        if (!answer.IsSuccess)
        {
            screen.Problem(answer);
            return ExitCode.Refused;
        }

        show(screen, answer.Json ?? new JsonObject());
        return ExitCode.Done;
    }

    public Task<int> GetAsync(string path, Action<Screen, JsonNode> show, CancellationToken cancellationToken) => AskAsync(HttpMethod.Get, path, null, show, cancellationToken);

    /// <summary>All pages of a list whose answers carry a next, as one array; stops at a bound that no grid reaches.</summary>
    public async Task<int> ListAsync(string path, string field, IReadOnlyList<Column> columns, int limit, CancellationToken cancellationToken)
    {
        var rows = new JsonArray();
        string? after = null;
        do
        {
            var page = Math.Min(1000, limit - rows.Count);
            var query = (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + FormattableString.Invariant($"limit={page}") + (after is null ? "" : "&after=" + Uri.EscapeDataString(after));
            var answer = await client.CallAsync(HttpMethod.Get, path + query, cancellationToken: cancellationToken);
            if (!answer.IsSuccess)
            {
                screen.Problem(answer);
                return ExitCode.Refused;
            }

            foreach (var row in answer.Json?[field]?.AsArray() ?? [])
            {
                rows.Add(row?.DeepClone());
            }

            after = (answer.Json?["next"] ?? answer.Json?["after"])?.GetValue<string>();
        }
        while (after is not null && rows.Count < limit);

        screen.Table(new JsonObject { [field] = rows.DeepClone() }, rows, columns);
        return ExitCode.Done;
    }

    /// <summary>The text of a file, or of the input for "-".</summary>
    public async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (file == "-")
        {
            return await around.In.ReadToEndAsync(cancellationToken);
        }

        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {e.Message}");
        }
    }

    public void Dispose() => client.Dispose();
}
