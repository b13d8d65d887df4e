using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Grid.Bench.Children;
using Grid.Bench.Report;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Grains.Ingress;
using Grid.Host.Api.Access;
using Grid.Host.Ingress;
using Grid.Host.Options;
using Grid.Host.Policies;
using Grid.Host.Wiring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Grid.Bench.Parts;

/// <summary>
/// How fast a decision is in force where many tenants are known: from a complaint that is handed in to the first message that is refused, while
/// others send. Beside it what a preview takes over a million outcomes, and what it costs to look up a recipient's consent. The grid is whole, in
/// this process, on a store of its own; what was delivered before is put into its log.
/// </summary>
internal sealed class PoliciesPart(BenchOptions options, Workplace place) : IPart
{
    private const string OperatorKey = "operator-key-of-the-bench-0123456789";
    private const int AMessage = 1000;
    private const int AtOnce = 256;
    private const int Senders = 4;
    private const int CutOff = 41;
    private const int ConsentAddresses = 20_000;

    private readonly int known = options.Int("tenants", 100_000, 100, 1_000_000);
    private readonly int active = options.Int("active", 5_000, 50, 100_000);
    private readonly long outcomes = options.Int("messages", 1_000_000, 10_000, 10_000_000);

    public async Task RunAsync(CancellationToken cancel)
    {
        await using var app = await GridProgram.BuildAsync(GridConfiguration.Load(
        [
            $"--Grid:Data={place.NewFolder("policies")}", "--Grid:Http:Urls=http://127.0.0.1:0", "--Grid:Submission:Listen=127.0.0.1:0", "--Grid:Inbound:Listen=127.0.0.1:0", $"--Grid:OperatorKey={OperatorKey}",
            "--Serilog:MinimumLevel:Default=Fatal",
        ]));
        await app.StartAsync(cancel);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 })
        {
            BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
        };
        var memory = new Table("what", "MB");
        memory.Add("started", Megabytes());
        await KnowAsync(app, cancel);
        memory.Add($"{known:N0} tenants known", Megabytes());
        var keys = await ActivateAsync(app, cancel);
        memory.Add($"{active:N0} of them active", Megabytes());

        var times = await CutOffAsync(app, http, keys, cancel);
        var decisions = new Table("from a complaint handed in", "ms");
        decisions.Add("to the answer that it is judged", Spread.Of(times.Select(t => t.Judged)).Text("0.0"));
        decisions.Add("to the first message refused", Spread.Of(times.Select(t => t.Refused)).Text("0.0"));
        decisions.Print($"{CutOff - 1} tenants cut off, {known:N0} known, {active:N0} active, {Senders} senders at work: median (least-most)");

        await ConsentAsync(app, cancel);
        await PreviewAsync(app, http, cancel);
        memory.Add($"{outcomes:N0} outcomes previewed", Megabytes());
        memory.Print("working set");
        await app.StopAsync(cancel);
    }

    private static string Name(int i) => $"t{i:000000}";

    private async Task KnowAsync(WebApplication app, CancellationToken cancel)
    {
        var registry = app.Services.GetRequiredService<IRegistry>();
        await Parallel.ForEachAsync(Enumerable.Range(0, known), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (i, token) =>
            await registry.PutAsync(Registered.Tenant, Name(i), new TenantSpec(Name(i), "default", "default", null, new(), [$"{Name(i)}.example"]), token));
    }

    /// <summary>Every active tenant's grain is awake with mail behind it; those that are to be cut off are one complaint below the limit.</summary>
    private async Task<string[]> ActivateAsync(WebApplication app, CancellationToken cancel)
    {
        var ring = app.Services.GetRequiredService<IKeyRing>();
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        var keys = new string[active];
        await Parallel.ForEachAsync(Enumerable.Range(0, active), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (i, token) =>
        {
            (var stored, keys[i]) = ApiKey.Make(Name(i), TimeProvider.System.GetUtcNow());
            await ring.AddAsync(stored, token);
            _ = await grains.GetGrain<ITenantGrain>(Name(i)).Find() ?? throw new BenchException($"there is no tenant {Name(i)}");
        });
        for (var i = 0; i < active; i++)
        {
            await HistoryAsync(app, Name(i), i < CutOff ? AMessage : 5, i < CutOff ? 5 : 0);
        }

        // What is counted last is counted.
        while ((await grains.GetGrain<ITenantGrain>(Name(active - 1)).View()).Counters.Delivered < 5)
        {
            await Task.Delay(10, cancel);
        }

        return keys;
    }

    private async Task<List<(double Judged, double Refused)>> CutOffAsync(WebApplication app, HttpClient http, string[] keys, CancellationToken cancel)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var sending = Enumerable.Range(0, Senders).Select(WorkAsync).ToArray();
        var times = new List<(double, double)>();
        for (var i = 0; i < CutOff; i++)
        {
            var report = Complaint(app, victims[Name(i)], AMessage - 1);
            var watch = Stopwatch.StartNew();
            using (var taken = await SendAsync(http, OperatorKey, "/v1/feedback", report, cancel))
            {
                _ = taken.IsSuccessStatusCode ? 0 : throw new BenchException($"the complaint was answered {(int)taken.StatusCode}");
            }

            var judged = watch.Elapsed;
            while (await PostAsync(http, keys[i], Name(i), cancel) != HttpStatusCode.Forbidden)
            {
                _ = watch.Elapsed < TimeSpan.FromSeconds(30) ? 0 : throw new BenchException($"{Name(i)} still sends");
            }

            // The first warms up.
            if (i == 0)
            {
                continue;
            }

            times.Add((judged.TotalMilliseconds, watch.Elapsed.TotalMilliseconds));
        }

        await ending.CancelAsync();
        await Task.WhenAll(sending);
        return times;

        async Task WorkAsync(int worker)
        {
            var random = new Random(worker);
            while (!ending.IsCancellationRequested)
            {
                var i = random.Next(CutOff, active);
                _ = await PostAsync(http, keys[i], Name(i), cancel);
            }
        }
    }

    private async Task ConsentAsync(WebApplication app, CancellationToken cancel)
    {
        var consents = app.Services.GetRequiredService<IConsents>();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var some in Enumerable.Range(0, ConsentAddresses).Chunk(IConsents.MaxAtOnce))
        {
            await consents.PutAllAsync([.. some.Select(i => new ConsentRecord { Tenant = Name(0), Address = $"r{i}@client.example", Method = "double-opt-in", At = now, RecordedAt = now, By = "tenant" })], cancel);
        }

        var policy = BuiltInPolicies.Policy("emarsys")!;
        var table = new Table("a recipient's consent", "µs");
        foreach (var (label, of) in new[] { ("from the store", (Func<int, int>)(i => i)), ("remembered", _ => 1) })
        {
            var book = new ConsentBook(consents, TimeProvider.System);
            var times = new List<double>();
            for (var i = 0; i < ConsentAddresses; i++)
            {
                var facts = new MessageFacts { Now = now, Stream = "bulk", Purpose = "commercial", Recipients = [new($"r{of(i)}@client.example", "client.example")] };
                var watch = Stopwatch.GetTimestamp();
                var read = await book.WithRecordsAsync(Name(0), policy, facts, cancel);
                times.Add(Stopwatch.GetElapsedTime(watch).TotalMicroseconds);
                _ = read.ConsentOf?[0]?.Method is not null ? 0 : throw new BenchException("a record was not found");
            }

            table.Add(label, Spread.Of(times).Text("0.0"));
        }

        table.Print($"{ConsentAddresses:N0} look-ups at intake: median (least-most)");
    }

    private async Task PreviewAsync(WebApplication app, HttpClient http, CancellationToken cancel)
    {
        for (var left = outcomes; left > 0; left -= AMessage)
        {
            await HistoryAsync(app, Name((int)(left / AMessage % active)), AMessage, 1);
        }

        const string Draft = "policy: default\nclauses:\n  - id: strict\n    words: complaints above 0.08 % suspend\n    subject: tenant\n"
            + "    when: {rate: complaints, over: 7 d, above: 0.08 %, floor: {volume: 1000 messages, events: 1 complaint}}\n    then: suspend\n";
        var watch = Stopwatch.StartNew();
        using var answer = await SendAsync(http, OperatorKey, "/v1/policies/default/preview", new StringContent(Draft, Encoding.UTF8, "application/yaml"), cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        _ = answer.IsSuccessStatusCode ? 0 : throw new BenchException(text);
        var table = new Table("preview", "s", "outcomes/s");
        var replayed = System.Text.Json.Nodes.JsonNode.Parse(text)!["outcomes"]!.GetValue<long>();
        table.Add($"{replayed:N0} outcomes", $"{watch.Elapsed.TotalSeconds:0.00}", $"{replayed / watch.Elapsed.TotalSeconds:N0}");
        table.Print("replayed through a draft");
    }

    private readonly Dictionary<string, MessageId> victims = new(StringComparer.Ordinal);

    private async Task HistoryAsync(WebApplication app, string tenant, int delivered, int complaints)
    {
        var spool = app.Services.GetRequiredService<ISpool>();
        var id = app.Services.GetRequiredService<Intake>().NextId();
        var now = TimeProvider.System.GetUtcNow().AddMinutes(-5);
        victims.TryAdd(tenant, id);
        List<Envelope> envelopes =
        [
            .. Enumerable.Range(0, delivered).Select(n => new Envelope
            {
                Key = new(id, n),
                Tenant = tenant,
                Address = $"r{n}@there.example",
                Domain = "there.example",
                Pool = "default",
                AcceptedAt = now,
                DueAt = now.AddDays(4),
                ExpiresAt = now.AddDays(5),
                RecipientCount = delivered,
            }),
        ];
        await spool.AcceptAsync(new([new() { Id = id, Tenant = tenant, AcceptedAt = now, Body = "x\r\n"u8.ToArray(), Envelopes = envelopes }], false));
        await spool.SettleAsync([.. envelopes.Select(e => Settled(e, OutcomeKind.Delivered))]);
        if (complaints > 0)
        {
            await spool.SettleAsync([.. envelopes.Take(complaints).Select(e => Settled(e, OutcomeKind.Complained))]);
        }

        Settlement Settled(Envelope e, OutcomeKind kind) =>
            new(new() { At = now, Kind = kind, Key = e.Key, Tenant = tenant, Address = e.Address, Domain = e.Domain, Site = "there", Ip = "192.0.2.77", Attempt = 1 }, null);
    }

    private static ByteArrayContent Complaint(WebApplication app, MessageId id, int recipient)
    {
        var reference = app.Services.GetRequiredService<MessageDrafter>().Reference(id);
        var text = "From: <fbl@there.example>\r\nTo: <fbl@bounces.localhost>\r\nSubject: report\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=\"b\"\r\n\r\n"
            + "--b\r\nContent-Type: text/plain\r\n\r\nA report.\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: Bench/1\r\nVersion: 1\r\n"
            + $"Original-Rcpt-To: <r{recipient}@there.example>\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: <a@b.example>\r\nX-Grid-Ref: {reference}\r\n\r\nx\r\n--b--\r\n";
        return new(Encoding.ASCII.GetBytes(text)) { Headers = { ContentType = MediaTypeHeaderValue.Parse("message/rfc822") } };
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, string key, string tenant, CancellationToken cancel)
    {
        var message = new { from = $"news@{tenant}.example", to = new[] { "you@client.example" }, subject = "Hello", text = "Hi", sendAt = TimeProvider.System.GetUtcNow().AddDays(1).ToString("O") };
        using var answer = await SendAsync(http, key, "/v1/messages", JsonContent.Create(message), cancel);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string key, string path, HttpContent content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Authorization = new("Bearer", key);
        return await http.SendAsync(request, cancel);
    }

    private static string Megabytes()
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return $"{process.WorkingSet64 / 1048576.0:N0}";
    }
}
