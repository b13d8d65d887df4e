using Grid.Core.Admission;
using Grid.Core.Vocabulary;
using Grid.Host.Admission;

namespace Grid.Host.Tests.Admission;

public sealed class ShapingYamlTests
{
    private static readonly ShapingSet BuiltIn = new(BuiltInShaping.Profiles);

    [Theory]
    [InlineData("gmail-smtp-in.l.google.com", "gmail", 5, 50, TlsMode.Required)]
    [InlineData("alt1.gmail-smtp-in.l.google.com", "gmail", 5, 50, TlsMode.Required)]
    [InlineData("aspmx.l.google.com", "google-workspace", 5, 50, TlsMode.Required)]
    [InlineData("aspmx2.googlemail.com", "google-workspace", 5, 50, TlsMode.Required)]
    [InlineData("mta5.am0.yahoodns.net", "yahoo", 10, 20, TlsMode.Opportunistic)]
    [InlineData("outlook-com.olc.protection.outlook.com", "outlook.com", 5, 50, TlsMode.Opportunistic)]
    [InlineData("contoso-com.mail.protection.outlook.com", "microsoft365", 10, 50, TlsMode.Opportunistic)]
    [InlineData("contoso-com.a-v1.mx.microsoft", "microsoft365", 10, 50, TlsMode.Opportunistic)]
    [InlineData("mx01.mail.icloud.com", "icloud", 10, 5, TlsMode.Opportunistic)]
    [InlineData("mx1h1.comcast.net", "comcast", 25, 1000, TlsMode.Required)]
    [InlineData("mx00.emig.gmx.net", "gmx-webde", 4, 20, TlsMode.Required)]
    [InlineData("mx-ha02.web.de", "gmx-webde", 4, 20, TlsMode.Required)]
    [InlineData("smtp-in.orange.fr", "orange", 2, 100, TlsMode.Required)]
    [InlineData("mxs.mail.ru", "mailru", 10, 50, TlsMode.Opportunistic)]
    [InlineData("mx.yandex.ru", "yandex", 10, 20, TlsMode.Opportunistic)]
    [InlineData("mx3.qq.com", "qq", 4, 8, TlsMode.Required)]
    [InlineData("163mx01.mxmail.netease.com", "netease", 4, 7, TlsMode.Required)]
    [InlineData("mx1-us1.ppe-hosted.com", "proofpoint:mx1-us1.ppe-hosted.com", 5, 50, TlsMode.Opportunistic)]
    [InlineData("eu-smtp-inbound-1.mimecast.com", "mimecast:eu-smtp-inbound-1.mimecast.com", 10, 100, TlsMode.Opportunistic)]
    [InlineData("d1.ess.barracudanetworks.com", "barracuda", 10, 15, TlsMode.Required)]
    public void Built_in_profiles_know_the_large_providers(string exchanger, string site, int connections, int messages, TlsMode tls)
    {
        Assert.Equal(site, BuiltIn.SiteOf("a.example", [new(10, exchanger)]));
        var profile = BuiltIn.ForSite(site);
        Assert.Equal((connections, messages, tls), (profile.Connections, profile.MessagesPerConnection, profile.Tls));
    }

    [Theory]
    [InlineData("gmail", 421, "4.7.28", "Gmail has detected an unusual rate of unsolicited mail originating from your IP address.", "google-unusual-rate")]
    [InlineData("google-workspace", 421, "4.7.0", "Our system has detected an unusual amount of unsolicited mail originating from your IP address.", "google-unusual-rate-words")]
    [InlineData("yahoo", 421, "4.7.0", "[TSS04] Messages from (192.0.2.1) temporarily deferred due to unexpected volume or user complaints", "yahoo-deferred")]
    [InlineData("yahoo", 421, "4.7.1", "[TS03] All messages from 192.0.2.1 will be permanently deferred", "yahoo-permanently-deferred")]
    [InlineData("outlook.com", 550, "5.7.1", "Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).", "microsoft-blocked")]
    [InlineData("outlook.com", 451, "4.7.650", "The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation.", "microsoft-rate-limited")]
    [InlineData("icloud", 451, "4.7.1", "[BS02] Temporary server error. Please try again later.", "apple-deferred")]
    [InlineData("comcast", 421, "", "192.0.2.1 Throttled - try again later. RL000010", "comcast-domain-throttled")]
    [InlineData("orange", 421, "", "mwinf5c04 ME Trop de connexions, veuillez verifier votre configuration.", "orange-too-many-connections")]
    [InlineData("qq", 550, "", "Ip frequency limited. http://service.mail.qq.com", "qq-frequency")]
    [InlineData("netease", 451, "", "DT:SPM 163 mx1", "netease-spam-deferred")]
    [InlineData("default", 421, "4.7.0", "Too many concurrent SMTP connections", "too-many-connections")]
    [InlineData("default", 450, "4.7.1", "Client host rejected: cannot find your reverse hostname", "deferred-for-reputation")]
    [InlineData("default", 450, "4.2.1", "The user you are trying to contact is receiving mail at a rate that prevents additional messages", null)]
    [InlineData("default", 450, "4.2.0", "Greylisted, try again in 300 seconds", null)]
    [InlineData("default", 550, "5.1.1", "User unknown", null)]
    [InlineData("default", 550, "5.7.1", "tenant acme is suspended (complaint-cutoff): complaints above 0.1 %", null)]
    public void Built_in_rules_heed_what_is_meant_for_the_ip(string profile, int code, string status, string words, string? rule) =>
        Assert.Equal(rule, BuiltIn.ForSite(profile).Match(new(code, status, words))?.Id);

    [Fact]
    public void Gmails_unusual_rate_stops_for_ten_minutes_and_comes_back_with_one_connection()
    {
        var gmail = BuiltIn.ForSite("gmail");
        var reply = new SmtpReply(421, "4.7.28", "");
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var (state, begun) = LaneShaping.Observe(new(), gmail.Match(reply)!, 1, reply, now);
        Assert.Equal(now.AddMinutes(10), begun!.Until);
        Assert.Equal([1, 2, 3, 4, 5, 5], Enumerable.Range(0, 6).Select(i => LaneShaping.At(gmail, state, 10, now.AddMinutes(10 + (2 * i))).Connections));
    }

    [Theory]
    [InlineData("[", "profiles: ", "line 1: this is nested deeper than 16 levels")]
    [InlineData("{a: ", "", "line 1: this is nested deeper than 16 levels")]
    [InlineData("- ", "", "line 1: this is nested deeper than 16 levels")]
    [InlineData("? ", "", "line 1: this is nested deeper than 16 levels")]
    public void Read_of_a_text_nested_without_end_is_a_fault(string piece, string before, string fault) =>
        Assert.Equal([fault], ShapingYaml.Read(before + string.Concat(Enumerable.Repeat(piece, 100_000))).Faults);

    [Theory]
    [InlineData("profiles: &a [*a]", "line 1: *a stands for nothing whole that came before")]
    [InlineData("profiles: &a {a: {b: *a}}", "line 1: *a stands for nothing whole that came before")]
    [InlineData("profiles: [*nothing]", "line 1: *nothing stands for nothing whole that came before")]
    public void Read_of_an_alias_for_nothing_whole_is_a_fault(string text, string fault) => Assert.Equal([fault], ShapingYaml.Read(text).Faults);

    [Fact]
    public void Read_of_aliases_that_stand_for_too_much_is_a_fault()
    {
        var lines = Enumerable.Range(1, 9).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]");

        Assert.Equal(["line 6: there are more than 100000 nodes"], ShapingYaml.Read($"a0: &a0 [x, x, x, x]\n{string.Join('\n', lines)}\nprofiles: *a9\n").Faults);
    }

    [Fact]
    public void Read_of_json_is_the_same_as_of_yaml()
    {
        var yaml = ShapingYaml.Read("profiles:\n  - name: p\n    rate: 10/s\n    rules:\n      - id: r\n        codes: [421]\n        when: 3 in 2h\n        limit: {for: 30min, connections: 2}\n");
        var json = ShapingYaml.Read("""{"profiles": [{"name": "p", "rate": "10/s", "rules": [{"id": "r", "codes": [421], "when": "3 in 2h", "limit": {"for": "30min", "connections": 2}}]}]}""");
        Assert.Empty(yaml.Faults);
        Assert.Empty(json.Faults);
        Assert.Equivalent(yaml.Profiles, json.Profiles);
        var rule = Assert.Single(Assert.Single(json.Profiles).Rules);
        Assert.Equal((3, TimeSpan.FromHours(2), TimeSpan.FromMinutes(30), 2, ShapingAction.Limit), (rule.Count, rule.Within, rule.For, rule.Connections, rule.Action));
    }

    [Theory]
    [InlineData("- a", "one document")]
    [InlineData("profiles: {", "line ")]
    [InlineData("profile: []", "there is no such key; there are profiles")]
    [InlineData("profiles: 3", "a list of at most")]
    [InlineData("profiles: [{name: A b}]", "lower case letters")]
    [InlineData("profiles: [{name: a}, {name: a}]", "a is there 2 times")]
    [InlineData("profiles: [{name: a, conections: 3}]", "profile.conections: there is no such key")]
    [InlineData("profiles: [{name: a, connections: 0}]", "a whole number from 1 to 500")]
    [InlineData("profiles: [{name: a, connections: 501}]", "a whole number from 1 to 500")]
    [InlineData("profiles: [{name: a, rate: fast}]", "a rate is written")]
    [InlineData("profiles: [{name: a, tls: maybe}]", "one of none, opportunistic, required, verified")]
    [InlineData("profiles: [{name: a, exchangers: [a b]}]", "a list of host names")]
    [InlineData("profiles: [{name: a, step: 2h}]", "from 1s to 1h")]
    [InlineData("profiles: [{name: a, rules: [{id: r, suspend: 5min}]}]", "would count every refusal")]
    [InlineData("profiles: [{name: a, rules: [{id: r, codes: [421]}]}]", "one of suspend, limit and rest")]
    [InlineData("profiles: [{name: a, rules: [{id: r, codes: [421], suspend: 5min, rest: 5min}]}]", "one of suspend, limit and rest")]
    [InlineData("profiles: [{name: a, rules: [{id: r, codes: [421], suspend: 59s}]}]", "from 1min to 7d")]
    [InlineData("profiles: [{name: a, rules: [{id: r, codes: [250], suspend: 5min}]}]", "reply codes from 400 to 599")]
    [InlineData("profiles: [{name: a, rules: [{id: r, phrases: [UPPER], suspend: 5min}]}]", "lower case")]
    [InlineData("profiles: [{name: a, rules: [{id: r, reasons: [bored], suspend: 5min}]}]", "reasons such as")]
    [InlineData("profiles: [{name: a, rules: [{id: r, codes: [421], when: often, suspend: 5min}]}]", "3 in 1h")]
    [InlineData("profiles: [{name: a, rules: [{id: r, codes: [421], limit: {for: 5min}}]}]", "together with connections")]
    [InlineData("profiles: [{name: a, rules: [{id: r, codes: [421], limit: {connections: 2}}]}]", "limit.for: must be given")]
    public void Read_of_mistakes_says_where_and_what_would_be_right(string text, string words) =>
        Assert.Contains(ShapingYaml.Read(text).Faults, fault => fault.Contains(words, StringComparison.Ordinal));

    [Fact]
    public void Read_tells_every_mistake_with_its_line()
    {
        var faults = ShapingYaml.Read("profiles:\n  - name: a\n    connections: x\n    rate: y\n").Faults;
        Assert.Equal(2, faults.Count);
        Assert.StartsWith("line 3: profile.connections:", faults[0], StringComparison.Ordinal);
        Assert.StartsWith("line 4: profile.rate:", faults[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Read_of_hostile_texts_ends()
    {
        Assert.NotEmpty(ShapingYaml.Read(new string('x', ShapingYaml.MaxLength + 1)).Faults);
        Assert.NotEmpty(ShapingYaml.Read("a: &a [*a]").Faults);
        Assert.NotEmpty(ShapingYaml.Read("profiles: &p [*p]").Faults);
        var laughs = string.Join('\n', Enumerable.Range(0, 30).Select(i => $"l{i}: &l{i} [{(i == 0 ? "x" : string.Join(",", Enumerable.Repeat($"*l{i - 1}", 9)))}]"));
        Assert.NotEmpty(ShapingYaml.Read(laughs + "\nprofiles: *l29").Faults);
        Assert.NotEmpty(ShapingYaml.Read("").Faults);
    }
}
