using Grid.Core.Enforcement.Policies;
using Grid.Host.Policies;

namespace Grid.Host.Tests.Policies;

public sealed class PolicyReaderTests
{
    private const string Head = "policy: mine\nextends: default\n";

    private static PolicyReading Read(string text) => PolicyReader.Read(text, BuiltInPolicies.Document, 7);

    private static PolicyReading.Done Good(string text) =>
        Read(text) switch { PolicyReading.Done done => done, PolicyReading.Refused refused => throw new InvalidOperationException(string.Join("\n", refused.Mistakes)), _ => throw new InvalidOperationException() };

    private static IReadOnlyList<PolicyMistake> Mistakes(string text) => Assert.IsType<PolicyReading.Refused>(Read(text)).Mistakes;

    private static string Clause(string when, string then = "suspend", string subject = "tenant") =>
        Head + $"clauses:\n  - id: x\n    words: a rule\n    subject: {subject}\n    when: {when}\n    then: {then}\n";

    [Fact]
    public void Read_takes_yaml_and_json_alike()
    {
        var yaml = Good(Clause("{rate: complaints, over: 24 h, above: 0.3 %, floor: {volume: 1000 messages, events: 5 complaints}}", "[suspend, case]"));
        var json = Good("""
            {"policy": "mine", "extends": "default",
             "clauses": [{"id": "x", "words": "a rule", "subject": "tenant", "then": ["suspend", "case"],
               "when": {"rate": "complaints", "over": "24 h", "above": "0.3 %", "floor": {"volume": "1000 messages", "events": "5 complaints"}}}]}
            """);

        Assert.Equal("mine", yaml.Policy.Name);
        Assert.Equal(7, yaml.Policy.Version);
        Assert.Equal(Text(yaml), Text(json));
        Assert.Equal("x", yaml.Policy.Tenant[0].Id);
        Assert.Contains(yaml.Policy.Tenant, c => c.Id == "complaint-cutoff");

        static string Text(PolicyReading.Done done) => System.Text.Json.JsonSerializer.Serialize(done.Policy.Tenant);
    }

    [Theory]
    [InlineData("policy: mine\nclause: []\n", 2, 1, "there is no key \"clause\" here; did you mean \"clauses\"?")]
    [InlineData("policy: mine\npolicy: yours\n", 2, 1, "\"policy\" is given twice")]
    [InlineData("words: nameless\n", 1, 1, "\"policy\" is missing")]
    [InlineData("policy: Mine\n", 1, 9, "must be 1 to 64 of a-z, 0-9 and '-'")]
    [InlineData("policy: mine\nextends: defualt\n", 2, 10, "there is no policy \"defualt\"")]
    [InlineData("policy: mine\nextends: mine\n", 2, 10, "the policy would extend itself: mine → mine")]
    [InlineData("policy: mine\neffective: 20.2.2026\n", 2, 12, "must be a date such as 2026-02-20")]
    [InlineData("policy: mine\nwindows: [7 days]\n", 2, 11, "a length of time is written \"48 h\", with a unit of s, min, h or d")]
    [InlineData("policy: mine\nwindows: [7 d, 7 d]\n", 2, 10, "must be 1 to 6 different lengths of 10 min to 90 d")]
    [InlineData("policy: mine\ndrop: [nothing]\n", 2, 7, "there is no inherited clause \"nothing\"")]
    [InlineData("policy: mine\nparameters: {vets: true}\n", 2, 14, "there is no key \"vets\" here")]
    [InlineData("policy: mine\nparameters: {vettingRequired: yes}\n", 2, 31, "must be true or false")]
    [InlineData("policy: mine\nparameters: {ladder: {warnfor: 48 h}}\n", 2, 23, "did you mean \"warnFor\"?")]
    [InlineData("policy: mine\nparameters: {ladder: {limitedRate: 600}}\n", 2, 36, "a rate is written \"100/min\"")]
    [InlineData("policy: mine\nparameters: {suspensionsToTerminate: 2}\n", 2, 38, "a number of suspensions is written \"1000 suspensions\"")]
    [InlineData("policy: mine\nparameters: {consent: {streams: [blk]}}\n", 2, 33, "\"blk\" is none of bulk, transactional")]
    [InlineData("policy: mine\nparameters: {ladder: {probation: [{perDay: 0 messages, for: 1 d}]}}\n", 2, 35, "perDay must be at least 1 message")]
    [InlineData("policy: mine\nparameters: {retry: {first: 1 d}}\n", 2, 21, "must be at least retry.first")]
    [InlineData("policy: &a mine\n", 1, 9, "anchors and aliases are not for policies")]
    [InlineData("policy: !x mine\n", 1, 9, "tags are not for policies")]
    [InlineData("policy: mine\n---\npolicy: yours\n", 2, 1, "a policy is one document")]
    [InlineData("- policy\n", 1, 1, "must be a map with policy, words")]
    [InlineData("{\"policy\": }", 1, 12, "this is not JSON")]
    [InlineData("", 1, 1, "the policy is empty")]
    public void Read_names_line_column_and_what_would_be_right(string text, int line, int column, string message)
    {
        var mistake = Mistakes(text).First(m => m.Message.Contains(message, StringComparison.Ordinal));

        Assert.Equal((line, column), (mistake.Line, mistake.Column));
    }

    [Theory]
    [InlineData("{rate: complaint, over: 7 d, above: 0.1 %, floor: {volume: 1 message, events: 1 event}}", "did you mean \"complaints\"?")]
    [InlineData("{rate: complaints, over: 7 d, above: 0.1 %}", "\"floor\" is missing")]
    [InlineData("{rate: complaints, over: 7 d, above: 0.1, floor: {volume: 1 message, events: 1 complaint}}", "a share is written \"0.1 %\"")]
    [InlineData("{rate: complaints, over: 7 d, above: 101 %, floor: {volume: 1 message, events: 1 complaint}}", "between 0 % and 100 %")]
    [InlineData("{rate: complaints, over: 8 d, above: 1 %, floor: {volume: 1 message, events: 1 complaint}}", "the policy has no window of 8 d; its windows are 7 d, 1 d, 1 h")]
    [InlineData("{rate: complaints, over: 7 d, above: 1 %, floor: {volume: 1 message, events: 1 bounce}}", "a number of complaints is written \"1000 complaints\"")]
    [InlineData("{rate: complaints, over: 7 d, above: 1 %, floor: {volume: 0 messages, events: 1 complaint}}", "both floors must be at least 1")]
    [InlineData("{rate: delivered, over: 7 d, above: 1 %, floor: {volume: 1 message, events: 1 message}}", "\"delivered\" is not a rate; it stands in count")]
    [InlineData("{count: warnings, over: 90 d, above: 32 warnings}", "must be below 32, as many as are remembered")]
    [InlineData("{count: content.strike, over: 800 d, above: 3 findings}", "can look back 730 d at most")]
    [InlineData("{finding: content.malwear}", "did you mean \"content.malware\"?")]
    [InlineData("{finding: listing.spamhaus}", "\"listing.spamhaus\" is no finding but a listing")]
    [InlineData("{declaration: consent.method, missing: true}", "\"consent.method\" can't be said of a tenant, but of message")]
    [InlineData("{all: []}", "must have at least one condition")]
    [InlineData("{all: [{any: [{all: [{any: [{all: [{finding: report.spam}]}]}]}]}]}", "to a depth of 4")]
    [InlineData("{rate: complaints, count: complaints}", "must have only one of rate, count")]
    [InlineData("{ratee: complaints}", "did you mean \"rate\"?")]
    [InlineData("soon", "must be a condition: a map with one of rate, count")]
    public void Read_refuses_conditions_that_cannot_be(string when, string message) =>
        Assert.Contains(Mistakes(Clause(when)), m => m.Message.Contains(message, StringComparison.Ordinal) && m.Line >= 3);

    [Theory]
    [InlineData("message", "{declaration: consent.method, above: 3 events}", "refuse", "is held against missing, in or notIn")]
    [InlineData("message", "{declaration: message.stream, in: [bluk]}", "refuse", "\"message.stream\" is never \"bluk\"; it is bulk, transactional")]
    [InlineData("message", "{declaration: consent.method, notIn: consent.basis}", "refuse", "did you mean \"consent.bases\"?")]
    [InlineData("message", "{declaration: consent.method, missing: true, is: true}", "refuse", "a declaration is held against one of")]
    [InlineData("message", "{declaration: consent.method, missing: true}", "suspend", "suspend doesn't follow from a declaration")]
    [InlineData("message", "{declaration: recipient.personal, is: true}", "refuse", "can't be said of a message, but of recipient")]
    [InlineData("tenant", "{verdict: verdict.spam}", "refuse", "refuse follows only for a message")]
    [InlineData("tenant", "{verdict: verdict.spam}", "guide", "guide needs ladder.guided to be true")]
    [InlineData("tenant", "{verdict: verdict.spam}", "[warn, suspend]", "only one of guide, warn, limit, suspend and terminate can follow")]
    [InlineData("tenant", "{verdict: verdict.spam}", "[case, case]", "each once")]
    [InlineData("tenant", "{verdict: verdict.spam}", "[{terminate: 2 d}]", "terminate has no time")]
    [InlineData("tenant", "{verdict: verdict.spam}", "[{suspend: {for: 2 d, atMost: 1 d}}]", "atMost only for suspend, with a for that is not longer")]
    [InlineData("tenant", "{verdict: verdict.spam}", "supend", "did you mean \"suspend\"?")]
    [InlineData("domain", "{verdict: verdict.spam}", "terminate", "can't follow for a recipient domain")]
    [InlineData("moon", "{verdict: verdict.spam}", "suspend", "there is no subject \"moon\"")]
    public void Read_refuses_consequences_and_declarations_that_do_not_fit(string subject, string when, string then, string message) =>
        Assert.Contains(Mistakes(Clause(when, then, subject)), m => m.Message.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void Read_warn_without_warnings_on_the_ladder_is_a_mistake() =>
        Assert.Contains(
            Mistakes("policy: mine\nparameters: {ladder: {warned: false}}\nclauses:\n  - {id: x, words: w, subject: tenant, when: {verdict: verdict.minor}, then: warn}\n"),
            m => m is { Line: 4, Message: "warn needs ladder.warned to be true" });

    [Fact]
    public void Read_lists_every_mistake_at_once_in_the_order_of_the_text()
    {
        var mistakes = Mistakes("""
            policy: mine
            color: red
            clauses:
              - id: a
                words: one
                subject: moon
                when: {rate: complaints, over: 7 d, above: 1 %}
                then: suspend
              - id: b
                words: two
                subject: tenant
                when: {finding: content.nothing}
                then: suspend
              - id: b
                words: three
                subject: tenant
                when: {verdict: verdict.spam}
                then: suspend
            """);

        Assert.Equal([2, 6, 7, 12, 14], mistakes.Select(m => m.Line));
        Assert.Equal("the id is used already, in line 9", mistakes[^1].Message);
    }

    [Fact]
    public void Read_clause_of_the_same_id_replaces_the_parents_and_drop_leaves_out()
    {
        var policy = Good(Head + """
            drop: [bounce-warning]
            clauses:
              - id: complaint-cutoff
                words: half of it
                subject: tenant
                when: {rate: complaints, over: 24 h, above: 0.05 %, floor: {volume: 10 messages, events: 1 complaint}}
                then: suspend
            """).Policy;

        Assert.Equal(["complaint-cutoff", "bounce-cutoff", "complaint-warning"], policy.Tenant.Select(c => c.Id));
        Assert.Equal("24h", policy.Tenant[0].Window);
        Assert.Equal(2, policy.SuspensionsToTerminate);
    }

    [Fact]
    public void Read_cycle_of_three_is_named()
    {
        var a = new PolicyDocument { Name = "a", Extends = "mine" };
        var b = new PolicyDocument { Name = "b", Extends = "a" };

        var refused = Assert.IsType<PolicyReading.Refused>(PolicyReader.Read("policy: mine\nextends: b\n", name => name switch { "a" => a, "b" => b, _ => null }, 1));

        Assert.Equal("the policy would extend itself: mine → b → a → mine", Assert.Single(refused.Mistakes).Message);
    }

    [Fact]
    public void Read_more_ancestors_than_the_bound_is_a_mistake()
    {
        PolicyDocument Of(string name) => new() { Name = name, Extends = $"p{int.Parse(name[1..], System.Globalization.CultureInfo.InvariantCulture) + 1}" };

        Assert.Contains("at most 8", Assert.Single(Assert.IsType<PolicyReading.Refused>(PolicyReader.Read("policy: p0\nextends: p1\n", Of, 1)).Mistakes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_any_becomes_alternatives_and_all_further_measures()
    {
        var policy = Good(Clause("{all: [{finding: content.strike}, {any: [{rate: complaints, over: 7 d, above: 0.1 %, floor: {volume: 1000 messages, events: 5 complaints}}, {count: complaints, over: 24 h, above: 50 complaints}]}]}")).Policy;

        var clauses = policy.Tenant.Where(c => c.Id == "x").ToList();
        Assert.Equal(["ComplaintRate EventCount", "ComplaintCount EventCount"], clauses.Select(c => string.Join(' ', c.Terms.Select(t => t.Measure))));
    }

    [Fact]
    public void Read_more_alternatives_than_the_bound_is_a_mistake()
    {
        var five = "{any: [" + string.Join(", ", Enumerable.Repeat("{finding: report.spam}", 5)) + "]}";

        Assert.Contains(Mistakes(Clause($"{{all: [{five}, {five}]}}")), m => m.Message.Contains("more than 16 alternatives", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_text_over_the_bound_is_refused() =>
        Assert.Contains("at most 524288 bytes", Assert.Single(Mistakes("policy: mine\n#" + new string('x', 512 * 1024))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_deep_nesting_is_refused_in_both_forms()
    {
        Assert.Contains("deeper than 16", Assert.Single(Mistakes("policy: " + new string('[', 5000) + new string(']', 5000))).Message, StringComparison.Ordinal);
        Assert.Contains("16 levels", Assert.Single(Mistakes("{\"policy\": " + new string('[', 5000) + new string(']', 5000) + "}")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_never_throws_on_a_damaged_file()
    {
        var text = BuiltInPolicies.Text("default")!;
        var state = 12345u;
        for (var i = 0; i < 2000; i++)
        {
            state = (state * 1664525u) + 1013904223u;
            var at = (int)(state % (uint)text.Length);
            state = (state * 1664525u) + 1013904223u;
            var damaged = (state % 4) switch
            {
                0 => text[..at],
                1 => text.Remove(at, Math.Min(text.Length - at, 1 + (int)(state % 40))),
                2 => text.Insert(at, "{[}]:-&*!|>'\"%@`\t\0\n#,?"[(int)(state / 4 % 23)].ToString()),
                _ => text[..at] + (char)(state % 0x10000) + text[at..],
            };
            Assert.NotNull(Read(damaged));
        }
    }
}
