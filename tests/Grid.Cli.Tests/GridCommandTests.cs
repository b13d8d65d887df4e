using System.Collections.Concurrent;
using System.CommandLine;
using System.Text.Json.Nodes;
using Grid.Host.Tests.Whole;

namespace Grid.Cli.Tests;

public sealed class GridCommandTests(HostFixture host) : IClassFixture<HostFixture>
{
    /// <summary>By grid; a tenant has only so many.</summary>
    private static readonly ConcurrentDictionary<Uri, string> Keys = [];

    private readonly Run _run = new(host);

    [Fact]
    public async Task Tenant_is_set_up_given_a_key_sends_is_suspended_understood_and_reinstated()
    {
        var put = await _run.OfAsync("tenant put shop --name Shop --policy default --domain shop.example --company Shop --postal-address \"1 Main St\" --website https://shop.example --contact-email ops@shop.example --country US --json");
        Assert.Equal((0, "active"), (put.Code, JsonNode.Parse(put.Out)!["state"]!.GetValue<string>()));
        var key = JsonNode.Parse((await _run.OfAsync("key create shop --json")).Out)!["key"]!.GetValue<string>();
        Assert.Equal(0, (await _run.OfAsync("send --from a@shop.example --to b@cli-r.example --subject Hello --text Hi", key)).Code);
        await host.DeliveredAsync("shop", 1);
        var events = await _run.OfAsync("event list", key);
        Assert.Contains("\tdelivered\tb@cli-r.example\t", events.Out, StringComparison.Ordinal);

        var suspended = await _run.OfAsync("tenant state shop suspended --reason test");
        var refused = await _run.OfAsync("send --from a@shop.example --to b@cli-r.example --subject Hello --text Hi", key);
        var ledger = await _run.OfAsync("decision list --subject tenant/shop");
        var reinstated = await _run.OfAsync("tenant state shop active --reason understood");

        Assert.Equal((0, "tenant/shop is suspended\n"), (suspended.Code, suspended.Out));
        Assert.Equal(1, refused.Code);
        Assert.StartsWith("grid: The tenant is suspended (403)\n", refused.Error, StringComparison.Ordinal);
        Assert.Contains("  clause   operator", refused.Error, StringComparison.Ordinal);
        Assert.Contains("\ttenant/shop\tactive\tsuspended\t", ledger.Out, StringComparison.Ordinal);
        Assert.EndsWith("\toperator\ttest\n", ledger.Out.Split('\n')[1] + "\n", StringComparison.Ordinal);
        Assert.Equal((0, "tenant/shop is active\n"), (reinstated.Code, reinstated.Out));
    }

    [Theory]
    [InlineData("tenant list")]
    [InlineData("tenant list --state active")]
    [InlineData("ip list")]
    [InlineData("domain show example.com")]
    [InlineData("policy list")]
    [InlineData("policy show default")]
    [InlineData("policy versions default")]
    [InlineData("policy diff default --from 1 --to 1")]
    [InlineData("site list")]
    [InlineData("api GET /v1/queue")]
    [InlineData("queue show")]
    [InlineData("queue show --by domain")]
    [InlineData("queue show --tenant cli --domain nowhere.example")]
    [InlineData("queue flush --domain nowhere.example")]
    [InlineData("queue pause --domain paused.example")]
    [InlineData("queue resume --domain paused.example")]
    [InlineData("queue cancel --domain nowhere.example")]
    [InlineData("decision list")]
    [InlineData("feedback classify 550 \"5.1.1 no such user\"")]
    [InlineData("feedback classify 550 \"5.7.1 rejected\" --command rcpt --enhanced 5.7.1 --host mx.example.com")]
    [InlineData("health")]
    [InlineData("case list")]
    [InlineData("case open --subject tenant/cli --words \"a look\"")]
    [InlineData("finding report --subject tenant/cli --signal list.shared --evidence seen")]
    [InlineData("held list")]
    [InlineData("incident list")]
    [InlineData("abuse list --open true")]
    [InlineData("vetting show cli")]
    [InlineData("vetting check cli history --verdict pass --evidence register")]
    [InlineData("scope list cli")]
    [InlineData("scope state cli campaign spring --state suspended --reason \"a bought list\"")]
    [InlineData("exception list cli")]
    [InlineData("exception put cli bounce-cutoff --threshold 0.2 --reason \"an old list\"")]
    [InlineData("exception put cli complaint-cutoff --waived --reason \"a test\"")]
    [InlineData("pool list")]
    [InlineData("top --once")]
    [InlineData("shaping show")]
    [InlineData("shaping show --yaml")]
    [InlineData("shaping push - --reason \"a new receiver\"", "profiles:\n  - name: default\n    connections: 4\n")]
    [InlineData("warmup-plan put short --days 50,100/20 --reason \"a small list\"")]
    [InlineData("warmup-plan show standard")]
    [InlineData("warmup-plan list")]
    [InlineData("ip put 192.0.2.9 --pool other --reason \"more room\"")]
    [InlineData("ip names 192.0.2.9")]
    [InlineData("ip series 192.0.2.9")]
    [InlineData("tenant series cli --window 7d")]
    [InlineData("tenant billing cli")]
    [InlineData("tenant billing cli --format csv")]
    [InlineData("tenant compliance cli")]
    [InlineData("domain series example.com")]
    [InlineData("domain limits limited.example --max-connections 3 --max-rate 100/min --reason \"they asked\"")]
    [InlineData("site limits mx.limited.example --max-connections 3 --reason \"they asked\"")]
    [InlineData("sending-domain list --tenant cli")]
    [InlineData("sending-domain list --platform")]
    [InlineData("sending-domain show cli.example --tenant cli")]
    [InlineData("sending-domain alignment cli.example --tenant cli")]
    [InlineData("tls-report list --domain example.com")]
    [InlineData("policy show default --yaml")]
    [InlineData("policy version default 1")]
    [InlineData("policy push tried - --reason \"a try\"", "policy: tried\nextends: default\n")]
    [InlineData("policy schema")]
    [InlineData("vetting put cli --legal-type company --sender-name Cli --reason \"as they wrote\"")]
    [InlineData("child list --tenant cli")]
    [InlineData("suppression list --tenant cli")]
    [InlineData("suppression add y@cli-r.example --tenant cli --scope bulk --why \"as they wrote\"")]
    [InlineData("suppression import - --tenant cli", "{\"address\":\"z@cli-r.example\"}\n")]
    [InlineData("suppression export --tenant cli --format csv")]
    [InlineData("consent import - --tenant cli", "{\"address\":\"z@cli-r.example\",\"method\":\"paper\",\"at\":\"2026-01-02T03:04:05Z\"}\n")]
    [InlineData("consent lists --tenant cli")]
    [InlineData("webhook list --tenant cli")]
    [InlineData("case list --overdue")]
    [InlineData("health --live")]
    public async Task Operators_command_is_done_and_its_json_is_json(string line, string input = "")
    {
        await KeyAsync();
        if (line.StartsWith("ip", StringComparison.Ordinal))
        {
            await _run.OfAsync("ip put 192.0.2.9");
        }

        var (code, text, error) = await _run.OfAsync(line, input: input);
        Assert.Equal((0, ""), (code, error));
        Assert.NotEqual("", text);
        Assert.Equal(0, (await _run.OfAsync(line, terminal: true, input: input)).Code);
        Assert.IsType<JsonObject>(JsonNode.Parse((await _run.OfAsync(line + " --json", input: input)).Out));
    }

    [Theory]
    [InlineData("reputation")]
    [InlineData("event list")]
    [InlineData("suppression list")]
    [InlineData("suppression add x@cli-r.example --detail \"asked us\"")]
    [InlineData("suppression remove x@cli-r.example")]
    [InlineData("webhook put a http://127.0.0.1:9/ --event delivered --event bounced")]
    [InlineData("webhook pause a")]
    [InlineData("webhook resume a")]
    [InlineData("webhook secret a")]
    [InlineData("webhook replay a 2026-01-01T00:00:00Z")]
    [InlineData("webhook show a")]
    [InlineData("webhook list")]
    [InlineData("send --from a@cli.example --to c@cli-r.example --subject s --text t --check")]
    [InlineData("template put hello --subject \"Hello {{name}}\" --text \"Hello {{name}}\"")]
    [InlineData("template list")]
    [InlineData("consent put x@cli-r.example --method double-opt-in --at 2026-01-02T03:04:05Z --list news")]
    [InlineData("consent list")]
    [InlineData("webhook remove a")]
    [InlineData("account vetting show")]
    [InlineData("account vetting put --legal-type company --sender-name Cli --sender-name \"Cli News\"")]
    [InlineData("account compliance")]
    [InlineData("account notices")]
    [InlineData("account case list")]
    [InlineData("child list")]
    [InlineData("sending-domain list")]
    [InlineData("template fill hello --data -", "{\"data\":{}}")]
    [InlineData("consent export")]
    [InlineData("consent show x@cli-r.example")]
    [InlineData("suppression export")]
    [InlineData("suppression import - --format csv", "address\nw@cli-r.example\n")]
    [InlineData("message raw - --to c@cli-r.example --stream transactional", "From: a@cli.example\r\nTo: c@cli-r.example\r\nSubject: s\r\n\r\nt\r\n")]
    [InlineData("message batch -", "{\"messages\":[{\"from\":\"a@cli.example\",\"to\":[\"c@cli-r.example\"],\"subject\":\"s\",\"text\":\"t\"}]}")]
    public async Task Tenants_command_is_done(string line, string input = "")
    {
        var key = await KeyAsync();
        if (line.StartsWith("webhook", StringComparison.Ordinal))
        {
            await _run.OfAsync("webhook put a http://127.0.0.1:9/", key);
        }
        else if (line.StartsWith("suppression remove", StringComparison.Ordinal))
        {
            await _run.OfAsync("suppression add x@cli-r.example", key);
        }

        else if (line.StartsWith("template fill", StringComparison.Ordinal))
        {
            await _run.OfAsync("template put hello --subject Hello --text -", key, input: "Hello");
        }

        else if (line.StartsWith("consent show", StringComparison.Ordinal))
        {
            await _run.OfAsync("consent put x@cli-r.example --method paper --at 2026-01-02T03:04:05Z", key);
        }

        var (code, text, error) = await _run.OfAsync(line, key, input: input);

        Assert.Equal((0, ""), (code, error));
        Assert.True(text.Length > 0 || line.EndsWith("export", StringComparison.Ordinal), "nothing is said");
    }

    [Theory]
    [InlineData("tenant show nobody", 1, "There is no such thing (404)")]
    [InlineData("tenant state nobody active --reason x", 1, "(404)")]
    [InlineData("policy show none", 1, "(404)")]
    [InlineData("ip put 1.2.3", 1, "  ip: ")]
    [InlineData("domain limits a.example --max-rate fast", 1, "  maxRate: ")]
    [InlineData("api GET //elsewhere.example/", 2, "one slash")]
    [InlineData("api GET /v1/nothing", 1, "(404)")]
    [InlineData("policy rollback default 99", 1, "(404)")]
    [InlineData("tenant lst", 2, "lst")]
    [InlineData("tenant state a retired --reason x", 2, "retired")]
    [InlineData("tenant state a active", 2, "--reason")]
    [InlineData("decision list --limit 0", 2, "--limit")]
    [InlineData("queue cancel", 2, "--all")]
    [InlineData("held release none", 2, "--reason")]
    [InlineData("held release none --reason x", 1, "(404)")]
    [InlineData("exception end cli none --reason x", 1, "(404)")]
    [InlineData("policy preview default -", 1, "(422)")]
    [InlineData("tenant put a --file /nowhere/x.json", 2, "cannot be read")]
    [InlineData("tenant put a --file -", 2, "must hold JSON")]
    [InlineData("tenant list --url ftp://x", 2, "--url")]
    [InlineData("warmup-plan put a --days 50,x", 2, "--days")]
    [InlineData("warmup-plan put a --days 0", 1, "(422)")]
    [InlineData("shaping push -", 1, "  profiles: ")]
    [InlineData("shaping push /nowhere/x.yaml", 2, "cannot be read")]
    [InlineData("sending-domain list --tenant a --platform", 2, "exclude each other")]
    [InlineData("sending-domain list", 1, "(403)")]
    [InlineData("sending-domain key state a.example none active --platform", 1, "(404)")]
    [InlineData("account notices", 1, "(403)")]
    [InlineData("tls-report make example.com", 1, "Grid:TlsReports:Organization")]
    [InlineData("held content none", 1, "(404)")]
    [InlineData("case export none --out /nowhere/case.zip", 1, "(404)")]
    [InlineData("suppression import /nowhere/x.csv", 2, "cannot be read")]
    [InlineData("child state a active", 2, "--reason")]
    public async Task Failure_has_its_code_and_words(string line, int code, string words)
    {
        var run = await _run.OfAsync(line, input: "nonsense");

        Assert.Equal(code, run.Code);
        Assert.StartsWith("grid: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grid_that_cannot_be_reached_is_3_and_a_wrong_key_1()
    {
        var away = await _run.OfAsync("tenant list", url: "http://127.0.0.1:1");
        Assert.Equal(3, away.Code);
        Assert.StartsWith("grid: http://127.0.0.1:1/ cannot be reached: ", away.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await _run.OfAsync("tenant list", "wrong")).Code);
        Assert.Equal(1, (await _run.OfAsync("tenant list", null)).Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Policy_preview_is_read_line_by_line_to_whom_it_would_have_touched(bool terminal)
    {
        var key = await KeyAsync();
        await _run.OfAsync("send --from a@cli.example --to bounce@simulator.grid.test --subject s --text t", key);
        const string Strict = "policy: strict\nextends: default\n";

        var (code, text, error) = await _run.OfAsync("policy preview strict -", terminal: terminal, input: Strict);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("subject", text, StringComparison.Ordinal);
        Assert.NotNull(JsonNode.Parse((await _run.OfAsync("policy preview strict - --json", terminal: terminal, input: Strict)).Out)!["subjects"]);
    }

    [Fact]
    public async Task Hostile_text_never_reaches_the_terminal_raw()
    {
        var key = await KeyAsync();
        const string Evil = "\u001b[2J\u001b]0;owned\u0007 \u202egnp.exe [red]x[/] \u009b31m";
        await host.CallAsync(HttpMethod.Put, "/v1/tenants/evil", new { name = "[red]\u202e evil [/]", policy = "default", sendingDomains = new[] { "evil.example" } });
        await host.CallAsync(HttpMethod.Put, "/v1/suppressions/evil@cli-r.example", new { detail = "[bold]\u202e[/]" }, key);
        await host.CallAsync(HttpMethod.Post, "/v1/messages", new { from = "a@cli.example", to = new[] { "m@cli-r.example" }, subject = Evil.Replace("\r\n", "", StringComparison.Ordinal), text = "t", metadata = new { evil = Evil } }, key);
        var id = JsonNode.Parse((await _run.OfAsync($"send --from a@cli.example --to n@cli-r.example --subject \"\u202e [red]x[/]\" --text t --json", key)).Out)!["id"]!.GetValue<string>();

        foreach (var terminal in new[] { false, true })
        {
            foreach (var (line, with) in new[] { ("tenant list", HostFixture.OperatorKey), ("tenant show evil", HostFixture.OperatorKey), ("suppression list", key), ($"message show {id}", key), ("event list", key), ("event list --json", key), ($"message show {id} --json", key) })
            {
                var (code, text, error) = await _run.OfAsync(line, with, terminal);
                Assert.True(code == 0, line + error);
                Assert.DoesNotContain(text, c => char.IsControl(c) && c is not ('\n' or '\t'));
                Assert.DoesNotContain(text, c => c is '\u202e' or '\u009b');
            }
        }

        var refused = await _run.OfAsync($"tenant show \"{Evil}\"");
        Assert.Equal(1, refused.Code);
        Assert.DoesNotContain(refused.Error, c => (char.IsControl(c) && c != '\n') || c == '\u202e');
    }

    [Theory]
    [InlineData("bash", "complete -F _grid grid")]
    [InlineData("zsh", "compdef _grid grid")]
    [InlineData("fish", "complete -f -c grid")]
    [InlineData("powershell", "Register-ArgumentCompleter")]
    public async Task Completion_prints_a_script(string shell, string words) => Assert.Contains(words, (await _run.OfAsync("completion " + shell)).Out, StringComparison.Ordinal);

    [Fact]
    public async Task Completion_suggests_what_may_follow()
    {
        var suggested = (await _run.OfAsync("[suggest:11] \"grid queue \"")).Out;

        Assert.Contains("pause", suggested, StringComparison.Ordinal);
        Assert.Contains("flush", suggested, StringComparison.Ordinal);
        Assert.DoesNotContain("webhook", suggested, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completion_suggests_every_verb_of_every_group()
    {
        var groups = new Queue<(string Words, Command Group)>([("grid ", GridCommand.Build(new(TextWriter.Null, TextWriter.Null, TextReader.Null, _ => null, false, 200, TimeProvider.System)))]);
        while (groups.TryDequeue(out var at))
        {
            var suggested = (await _run.OfAsync($"[suggest:{at.Words.Length}] \"{at.Words}\"")).Out.Split('\n');
            Assert.Empty(at.Group.Subcommands.Select(command => command.Name).Except(suggested));
            foreach (var group in at.Group.Subcommands.Where(command => command.Subcommands.Count > 0))
            {
                groups.Enqueue(($"{at.Words}{group.Name} ", group));
            }
        }
    }

    [Fact]
    public async Task Operators_reason_is_on_the_ledger()
    {
        await KeyAsync();
        await _run.OfAsync("warmup-plan put ledger --days 50 --reason \"naïve & 100 % sure\"");
        await _run.OfAsync("key create cli --reason \"for the new shop\"");

        Assert.Contains("\tset-plan\toperator\t\toperator\tnaïve & 100 % sure\n", (await _run.OfAsync("decision list --subject setting/warm-up")).Out, StringComparison.Ordinal);
        Assert.Contains("\tadd-key\toperator\t\toperator\tfor the new shop\n", (await _run.OfAsync("decision list --subject tenant/cli")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_kept_in_a_file_is_written_byte_for_byte_and_harmless_on_a_terminal()
    {
        var key = await KeyAsync();
        var file = Path.GetTempFileName();
        await host.CallAsync(HttpMethod.Put, "/v1/suppressions/bytes@cli-r.example", new { detail = "[red]\u202eé[/]" }, key);
        try
        {
            var saved = await _run.OfAsync($"suppression export --format csv --out {file}", key);
            var whole = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

            Assert.Equal((0, FormattableString.Invariant($"{file}: {new FileInfo(file).Length} bytes\n")), (saved.Code, saved.Out));
            Assert.Contains("[red]\u202eé[/]", whole, StringComparison.Ordinal);
            Assert.Equal(whole, (await _run.OfAsync("suppression export --format csv", key)).Out);
            Assert.DoesNotContain('\u202e', (await _run.OfAsync("suppression export --format csv", key, terminal: true)).Out);
            Assert.Equal(2, (await _run.OfAsync("suppression export --out /nowhere/x", key)).Code);
            Assert.Equal(1, (await _run.OfAsync($"consent export --out {file}", "wrong")).Code);
            Assert.Equal(whole, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
            Assert.Equal(0, (await _run.OfAsync($"suppression import {file} --format csv", key)).Code);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Signing_key_is_made_looked_for_put_to_work_and_removed()
    {
        var key = await KeyAsync();

        var made = JsonNode.Parse((await _run.OfAsync("sending-domain key create cli.example --json", key)).Out)!;
        var selector = made["selector"]!.GetValue<string>();
        var refused = await _run.OfAsync($"sending-domain key state cli.example {selector} active --force", key);
        var forced = await _run.OfAsync($"sending-domain key state cli.example {selector} active --force --tenant cli --reason \"the DNS is slow\"");
        var listed = await _run.OfAsync("sending-domain list", key);
        var kept = await _run.OfAsync($"sending-domain key remove cli.example {selector}", key);
        await _run.OfAsync($"sending-domain key state cli.example {selector} retired", key);

        Assert.Equal($"{selector}._domainkey.cli.example", made["record"]!["name"]!.GetValue<string>());
        Assert.Equal(0, (await _run.OfAsync($"sending-domain key check cli.example {selector}", key)).Code);
        Assert.Equal((1, 0, 1), (refused.Code, forced.Code, kept.Code));
        Assert.Contains($"cli.example\ttrue\t{selector}\tactive\t", listed.Out, StringComparison.Ordinal);
        Assert.Contains("\tthe DNS is slow\n", (await _run.OfAsync("decision list --subject tenant/cli")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_is_exported_as_a_zip_file()
    {
        await KeyAsync();
        var id = JsonNode.Parse((await _run.OfAsync("case open --subject tenant/cli --words look --json")).Out)!["id"]!.GetValue<string>();
        var file = Path.GetTempFileName();
        try
        {
            Assert.Equal(0, (await _run.OfAsync($"case export {id} --out {file}")).Code);
            using var archive = System.IO.Compression.ZipFile.OpenRead(file);
            Assert.NotEmpty(archive.Entries);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Policy_on_trial_is_seen_and_ended()
    {
        const string Looser = "policy: trial\nextends: default\nparameters: {}\n";
        await _run.OfAsync("policy push trial -", input: "policy: trial\nextends: default\n");

        var pushed = await _run.OfAsync("policy push trial - --reach shadow --reason \"a look\"", input: Looser);
        var ended = await _run.OfAsync("policy end-trial trial --reason \"seen enough\"");

        Assert.Equal((0, "trial is on trial as version 2: shadow\n"), (pushed.Code, pushed.Out));
        Assert.Equal((0, "done\n"), (ended.Code, ended.Out));
        Assert.Equal(1, (await _run.OfAsync("policy end-trial trial")).Code);
    }

    [Fact]
    public async Task Send_of_a_suppressed_recipient_is_1_and_says_so()
    {
        var key = await KeyAsync();
        await _run.OfAsync("suppression add s@cli-r.example", key);

        var run = await _run.OfAsync("send --from a@cli.example --to s@cli-r.example --subject s --text t", key);

        Assert.Equal(1, run.Code);
        Assert.Contains("suppressed", run.Out, StringComparison.Ordinal);
    }

    private async Task<string> KeyAsync()
    {
        if (Keys.TryGetValue(host.Address, out var made))
        {
            return made;
        }

        await _run.OfAsync("tenant put cli --name Cli --policy default --domain cli.example");
        return Keys[host.Address] = JsonNode.Parse((await _run.OfAsync("key create cli --json")).Out)!["key"]!.GetValue<string>();
    }
}
