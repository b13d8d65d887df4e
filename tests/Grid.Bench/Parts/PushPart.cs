using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Grid.Bench.Children;
using Grid.Bench.Report;
using Grid.Bench.Wire;
using Grid.Core.Ports;
using Grid.Host.Api.Access;
using Grid.Host.Options;
using Grid.Host.Wiring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Bench.Parts;

/// <summary>
/// How long the push of a policy takes, and its rollback, while its tenants send; how many of them still behave as before once it is answered;
/// and what became of the mail that was sent meanwhile. The grid is whole, in this process, and delivers to a receiver of the bench's own.
/// </summary>
internal sealed class PushPart(BenchOptions options, Workplace place) : IPart
{
    private const string OperatorKey = "operator-key-of-the-bench-0123456789";
    private const string Policy = "bench";
    private const int AtOnce = 64;
    private const int Pages = 500;

    private readonly int tenants = options.Int("active", 1_000, 10, 100_000);
    private readonly int perMinute = options.Int("rate", 10_000, 60, 1_000_000);
    private readonly int rounds = options.Rounds;

    public async Task RunAsync(CancellationToken cancel)
    {
        var book = new TagBook(Math.Max(100_000, perMinute * 10));
        using var sink = new TaggedSink(book);
        await using var app = await GridProgram.BuildAsync(GridConfiguration.Load(
        [
            $"--Grid:Data={place.NewFolder("push")}", "--Grid:Http:Urls=http://127.0.0.1:0", "--Grid:Submission:Listen=127.0.0.1:0", "--Grid:Inbound:Listen=127.0.0.1:0", $"--Grid:OperatorKey={OperatorKey}",
            "--Grid:Routes:0:Domain=*", "--Grid:Routes:0:Host=127.0.0.1", $"--Grid:Routes:0:Port={sink.Port}", "--Grid:Routes:0:Tls=none", "--Serilog:MinimumLevel:Default=Fatal",
        ]));
        await app.StartAsync(cancel);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 2 * AtOnce })
        {
            BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
        };
        await PutAsync(http, 1, cancel);
        var keys = await MakeAsync(app, http, cancel);

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var refused = new int[1];
        var sending = SendAsync(http, keys, book, refused, ending.Token);
        await Task.Delay(TimeSpan.FromSeconds(5), cancel);
        var table = new Table("", "answered after ms", "tenants as before", "tenants as it says");
        for (var round = 0; round < rounds; round++)
        {
            await StepAsync("push", () => PutAsync(http, 2 + round, cancel), refuses: true);
            await StepAsync("rollback", () => RollBackAsync(http, cancel), refuses: false);
        }

        await ending.CancelAsync();
        var offered = await sending;
        for (var watch = Stopwatch.StartNew(); book.Totals().Lost > 0 && watch.Elapsed < options.Drain;)
        {
            await Task.Delay(50, cancel);
        }

        table.Print($"{tenants:N0} tenants active, {offered.PerMinute:N0} messages a minute offered, {rounds} rounds");
        var totals = book.Totals();
        var mail = new Table("mail sent meanwhile", "messages");
        mail.Add("offered", $"{offered.Count:N0}");
        mail.Add("not accepted", $"{refused[0]:N0}");
        mail.Add("accepted and not received", $"{totals.Lost:N0}");
        mail.Add("received twice", $"{totals.Repeats:N0}");
        mail.Print("nothing is to be dropped");
        await app.StopAsync(cancel);

        async Task StepAsync(string label, Func<Task<int>> act, bool refuses)
        {
            var watch = Stopwatch.StartNew();
            var version = await act();
            var took = watch.Elapsed.TotalMilliseconds;
            var changed = await CountAsync(http, keys, version, refuses, cancel);
            table.Add(label, $"{took:0}", $"{tenants - changed:N0}", $"{changed:N0}");
        }
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"t{i:000000}");

    // Bulk mail is refused from the second version on.
    private static string Text(int version) => version == 1
        ? $"policy: {Policy}\nextends: default\n"
        : $"policy: {Policy}\nextends: default\nwords: version {version}\nclauses:\n  - id: no-bulk\n    words: no bulk mail\n    subject: message\n    when: {{declaration: message.stream, in: [bulk]}}\n    then: refuse\n";

    private async Task<string[]> MakeAsync(WebApplication app, HttpClient http, CancellationToken cancel)
    {
        var ring = app.Services.GetRequiredService<IKeyRing>();
        var keys = new string[tenants];
        await Parallel.ForEachAsync(Enumerable.Range(0, tenants), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (i, token) =>
        {
            using var made = await CallAsync(http, HttpMethod.Put, OperatorKey, $"/v1/tenants/{Name(i)}", JsonContent.Create(new { name = Name(i), policy = Policy, sendingDomains = new[] { $"{Name(i)}.example" } }), token);
            _ = made.IsSuccessStatusCode ? 0 : throw new BenchException($"{Name(i)}: {(int)made.StatusCode}");
            (var stored, keys[i]) = ApiKey.Make(Name(i), TimeProvider.System.GetUtcNow());
            await ring.AddAsync(stored, token);
        });
        return keys;
    }

    /// <summary>Transactional mail of one tenant after another, at the rate.</summary>
    private async Task<(int Count, double PerMinute)> SendAsync(HttpClient http, string[] keys, TagBook book, int[] refused, CancellationToken ending)
    {
        var watch = Stopwatch.StartNew();
        var posts = new List<Task>();
        var count = 0;
        while (!ending.IsCancellationRequested)
        {
            for (; count < watch.Elapsed.TotalMinutes * perMinute && book.Next() is { } number; count++)
            {
                posts.Add(PostOneAsync(number));
            }

            posts.RemoveAll(post => post.IsCompletedSuccessfully);
            await Task.Delay(2, CancellationToken.None);
        }

        var rate = count / watch.Elapsed.TotalMinutes;
        await Task.WhenAll(posts);
        return (count, rate);

        async Task PostOneAsync(int number)
        {
            if (await PostAsync(http, keys[number % tenants], Name(number % tenants), "transactional", Tag.Subject(number)) == HttpStatusCode.Accepted)
            {
                book.Accepted(number);
            }
            else
            {
                Interlocked.Increment(ref refused[0]);
            }
        }
    }

    /// <summary>How many tenants are judged by the version in force, and behave so.</summary>
    private async Task<int> CountAsync(HttpClient http, string[] keys, int version, bool refuses, CancellationToken cancel)
    {
        var judged = 0;
        for (string? after = ""; after is not null;)
        {
            using var answer = await CallAsync(http, HttpMethod.Get, OperatorKey, $"/v1/tenants?limit={Pages}&after={after}", null, cancel);
            var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancel))!;
            judged += page["tenants"]!.AsArray().Count(t => t!["policy"]!["name"]!.GetValue<string>() == Policy && t["policy"]!["version"]!.GetValue<int>() == version);
            after = page["next"]?.GetValue<string>();
        }

        var behaves = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, tenants), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancel }, async (i, _) =>
        {
            if (await PostAsync(http, keys[i], Name(i), "bulk", "probe") == (refuses ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.Accepted))
            {
                Interlocked.Increment(ref behaves);
            }
        });
        return Math.Min(judged, behaves);
    }

    private static async Task<int> PutAsync(HttpClient http, int version, CancellationToken cancel)
    {
        using var answer = await CallAsync(http, HttpMethod.Put, OperatorKey, $"/v1/policies/{Policy}", new StringContent(Text(version), Encoding.UTF8, "application/yaml"), cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)!["version"]!.GetValue<int>() : throw new BenchException(text);
    }

    private static async Task<int> RollBackAsync(HttpClient http, CancellationToken cancel)
    {
        using var answer = await CallAsync(http, HttpMethod.Post, OperatorKey, $"/v1/policies/{Policy}/rollback", JsonContent.Create(new { version = 1, reason = "bench" }), cancel);
        return answer.IsSuccessStatusCode ? 1 : throw new BenchException(await answer.Content.ReadAsStringAsync(cancel));
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, string key, string tenant, string stream, string subject)
    {
        var message = new { from = $"news@{tenant}.example", to = new[] { "you@client.example" }, subject, text = "Hi", stream };
        using var answer = await CallAsync(http, HttpMethod.Post, key, "/v1/messages", JsonContent.Create(message), CancellationToken.None);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> CallAsync(HttpClient http, HttpMethod method, string key, string path, HttpContent? content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await http.SendAsync(request, cancel);
    }
}
