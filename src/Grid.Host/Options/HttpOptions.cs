namespace Grid.Host.Options;

/// <summary>Where API, console and metrics are served.</summary>
/// <param name="Urls">As Kestrel takes them, at least one. Default http://127.0.0.1:8080.</param>
public sealed record HttpOptions(IReadOnlyList<string> Urls)
{
    private const string Default = "http://127.0.0.1:8080";

    /// <summary>The first URL as a client on this machine would write it.</summary>
    internal Uri FirstUrl => OptionTexts.TryUrl(Reachable(Urls[0]), out var url) ? url : new Uri(Default);

    internal static HttpOptions Read(OptionsReader reader)
    {
        const string Key = "Grid:Http:Urls";
        var urls = (reader.Text(Key) ?? Default).Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var url in urls.Where(url => !OptionTexts.TryUrl(Reachable(url), out var parsed) || parsed.AbsolutePath != "/"))
        {
            reader.Refuse(Key, "http or https URLs with a semicolon between them", url);
        }

        return new(urls.Length > 0 ? urls : [Default]);
    }

    private static string Reachable(string url) => url
        .Replace("://*", "://localhost", StringComparison.Ordinal)
        .Replace("://+", "://localhost", StringComparison.Ordinal)
        .Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal)
        .Replace("://[::]", "://[::1]", StringComparison.Ordinal);
}
