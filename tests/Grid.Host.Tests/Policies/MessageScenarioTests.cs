using System.Net;
using System.Text.Json.Nodes;
using Grid.Host.Tests.Whole;

namespace Grid.Host.Tests.Policies;

/// <summary>
/// The clauses that are judged with each message, over the real API: a message that keeps to its policy by as little as possible is taken,
/// the same with one thing changed is refused, with the clause.
/// </summary>
public sealed class MessageScenarioTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Link = "\nUnsubscribe: https://shop.example/leave?x=1\n";
    private const string Address = "\n1 Main St, 12345 Town\n";

    /// <summary>Clause, policy, what is changed of the good message (a JSON merge patch).</summary>
    public static TheoryData<string, string, string> Rows { get; } = new()
    {
        { "MS-06", "mailsequence", """{"consent":{"method":"hearsay"}}""" },
        { "MS-07", "mailsequence", """{"consent":{"source":"bought list"}}""" },
        { "MS-08", "mailsequence", """{"consent":{"method":"business-relationship"}}""" },
        { "MS-09", "mailsequence", """{"text":"Hello\n\n1 Main St, 12345 Town\n"}""" },
        { "MS-11", "mailsequence", """{"from":"service@bank.example <news@TENANT.example>"}""" },
        { "MS-13", "mailsequence", """{"consent":{"source":"rented"}}""" },
        { "MS-14", "mailsequence", """{"consent":{"source":"Scraped_Web"}}""" },
        { "MS-15", "mailsequence", """{"consent":{"source":"directory"}}""" },
        { "MS-16", "mailsequence", """{"consent":{"source":"social media"}}""" },
        { "MS-17", "mailsequence", """{"consent":{"ip":null}}""" },
        { "MS-22", "mailsequence", """{"replyTo":"someone@elsewhere.example"}""" },
        { "MS-24", "mailsequence", """{"consent":{"revokedAt":"2026-02-01T00:00:00Z"}}""" },
        { "MS-32", "mailsequence", """{"consent":null}""" },
        { "MS-35", "mailsequence", """{"stream":"transactional","text":"Hello\n\n1 Main St, 12345 Town\n"}""" },
        { "MS-37", "mailsequence", """{"from":"Somebody Else <news@TENANT.example>"}""" },
        { "MS-38", "mailsequence", """{"replyTo":"other@TENANT.example"}""" },
        { "MS-40", "mailsequence", """{"text":"Hello\n\n2 Main St, 12345 Town\n\nUnsubscribe: https://shop.example/leave\n"}""" },
        { "SC-02", "mailscale", """{"consent":{"method":"hearsay"}}""" },
        { "SC-06", "mailscale", """{"campaign":"spring","attestation":null}""" },
        { "SC-45", "mailscale", """{"consent":{"method":"b2b-unsolicited"},"text":"Hello, we saw your shop\n\nUnsubscribe: https://shop.example/leave\n"}""" },
        { "SC-46", "mailscale", """{"consent":{"method":"b2b-unsolicited"},"reason":"you asked for a quote"}""" },
        { "SC-47", "mailscale", """{"consent":{"method":"b2b-unsolicited"},"text":"Hello, we saw your shop\n\n1 Main St, 12345 Town\n"}""" },
        { "SC-48", "mailscale", """{"consent":{"method":"b2b-unsolicited"},"text":"Hello, we saw your shop\n\n1 Main St, 12345 Town\nUnsubscribe: mailto:leave@shop.example\n"}""" },
        { "SC-50", "mailscale", """{"consent":{"method":"b2b-unsolicited"},"attestation":null}""" },
        { "SC-51", "mailscale", """{"consent":{"method":"b2b-unsolicited"},"to":["someone@gmail.com"]}""" },
        { "SC-52", "mailscale", """{"consent":{"method":"b2b-unsolicited"},"to":["info@firma.de"]}""" },
        { "MU-03", "mailup", """{"consent":null}""" },
        { "MU-05", "mailup", """{"consent":{"channel":"third-party"}}""" },
        { "MU-06", "mailup", """{"consent":{"method":"business-relationship"}}""" },
        { "MU-07", "mailup", """{"stream":"transactional","to":["a@c.example","b@c.example","c@c.example","d@c.example","e@c.example","f@c.example","g@c.example","h@c.example","i@c.example","j@c.example","k@c.example"]}""" },
        { "MU-31", "mailup", """{"consent":{"source":"scraping"}}""" },
        { "MU-32", "mailup", """{"consent":{"source":"purchased"}}""" },
        { "MU-33", "mailup", """{"consent":{"source":"rental"}}""" },
        { "MU-34", "mailup", """{"consent":{"source":"email appending"}}""" },
        { "MU-35", "mailup", """{"topic":"cars","consent":{"topic":"shoes, hats"}}""" },
        { "MU-36", "mailup", """{"consent":{"source":null}}""" },
        { "MU-44", "mailup", """{"consent":{"method":"requested"}}""" },
        { "MU-52", "mailup", """{"text":"Hello\n"}""" },
        { "MU-54", "mailup", """{"from":"bank.com Security <news@TENANT.example>"}""" },
        { "MU-55", "mailup", """{"replyTo":"someone@elsewhere.example"}""" },
        { "MU-67", "mailup", """{"consent":null}""" },
        { "MU-68", "mailup", """{"consent":{"ip":null}}""" },
        { "MU-81", "mailup", """{"consent":{"channel":"third-party"}}""" },
        { "MU-82", "mailup", """{"consent":{"preTicked":true}}""" },
        { "MU-83", "mailup", """{"consent":{"source":"partner"}}""" },
        { "MU-84", "mailup", """{"consent":{"source":"appended"}}""" },
        { "MU-85", "mailup", """{"consent":null}""" },
        { "MU-86", "mailup", """{"consent":{"source":"publicly available"}}""" },
        { "MU-87", "mailup", """{"consent":{"source":"harvested"}}""" },
        { "EM-01", "emarsys", """{"consent":null}""" },
        { "EM-04", "emarsys", """{"consent":{"method":"b2b-unsolicited"}}""" },
        { "EM-09", "emarsys", """{"consent":{"source":null}}""" },
        { "EM-10", "emarsys", """{"consent":{"channel":"third-party"}}""" },
        { "EM-11", "emarsys", """{"consent":{"preTicked":true}}""" },
        { "EM-12", "emarsys", """{"consent":{"revokedAt":"2026-02-01T00:00:00Z"}}""" },
        { "EM-23", "emarsys", """{"consent":{"source":"third-party list"}}""" },
        { "EM-24", "emarsys", """{"consent":{"givenTo":"another shop"}}""" },
        { "EM-31", "emarsys", """{"consent":{"source":"purchased"}}""" },
        { "EM-32", "emarsys", """{"consent":{"source":"rented"}}""" },
        { "EM-33", "emarsys", """{"consent":{"source":"harvested"}}""" },
        { "EM-34", "emarsys", """{"stream":"transactional","text":"Your receipt\n"}""" },
        { "EM-37", "emarsys", """{"text":"Unsubscribe: mailto:leave@shop.example\n"}""" },
        { "SS-12", "sendserver", """{"consent":{"source":"purchased"}}""" },
        { "SS-13", "sendserver", """{"consent":{"source":"rented"}}""" },
        { "SS-14", "sendserver", """{"consent":{"source":"co-registration"}}""" },
        { "SS-15", "sendserver", """{"consent":{"source":"harvesting"}}""" },
        { "SS-17", "sendserver", """{"purpose":"requested","consent":{"method":"business-relationship"}}""" },
        { "SS-18", "sendserver", """{"consent":{"method":"business-relationship"}}""" },
        { "SS-19", "sendserver", """{"consent":null}""" },
    };

    /// <summary>Clauses that only say what would be better.</summary>
    public static TheoryData<string, string, string> Advice { get; } = new()
    {
        { "MS-42", "mailsequence", """{"reason":null}""" },
        { "MS-43", "mailsequence", """{"topic":"cars","consent":{"topic":"shoes, hats"}}""" },
        { "MU-41", "mailup", """{"consent":{"method":"single-opt-in"}}""" },
        { "MU-50", "mailup", """{"consent":{"notice":null}}""" },
    };

    /// <summary>What each clause leaves to be sent, close by what it refuses.</summary>
    public static TheoryData<string, string, string> Allowed { get; } = new()
    {
        { "MS-08", "mailsequence", """{"consent":{"method":"business-relationship","evidence":"order 17"}}""" },
        { "MS-11", "mailsequence", """{"from":"news.TENANT.example <news@TENANT.example>"}""" },
        { "MS-22", "mailsequence", """{"replyTo":"care@mail.TENANT.example"}""" },
        { "MS-40", "mailsequence", """{"text":"Hello\n1 Main St\n12345  town\nUnsubscribe: https://shop.example/leave\n"}""" },
        { "SC-45", "mailscale", """{"consent":{"method":"b2b-unsolicited"},"text":"We saw your shop. Yours, Shop & Sons GmbH\nUnsubscribe: https://shop.example/leave\n"}""" },
        { "SC-51", "mailscale", """{"consent":{"method":"b2b-unsolicited"},"to":["boss@company.example"]}""" },
        { "SC-51", "mailscale", """{"to":["someone@gmail.com"]}""" },
        { "MU-07", "mailup", """{"stream":"transactional","consent":null,"to":["a@c.example","b@c.example","c@c.example","d@c.example","e@c.example","f@c.example","g@c.example","h@c.example","i@c.example","j@c.example"]}""" },
        { "MU-35", "mailup", """{"topic":"hats","consent":{"topic":"shoes, hats"}}""" },
        { "MU-40", "mailup", """{"consent":{"method":"single-opt-in"}}""" },
        { "MU-44", "mailup", """{"consent":{"method":"requested","evidence":"form 4711"}}""" },
        { "EM-24", "emarsys", """{"consent":{"givenTo":"Shop & Sons GmbH"}}""" },
        { "EM-34", "emarsys", """{"text":null,"html":"<p>Hi</p><a href='https://shop.example/u?1'>Abmelden</a>"}""" },
        { "EM-37", "emarsys", """{"text":"Unsubscribe: mailto:leave@shop.example or https://shop.example/unsubscribe\n"}""" },
        { "SS-17", "sendserver", """{"stream":"transactional","consent":null}""" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Message_that_breaks_a_clause_is_refused_with_it(string clause, string policy, string change)
    {
        var (tenant, key) = await TenantAsync(policy);

        var answer = await PostAsync(tenant, key, "/v1/messages", change);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("urn:grid:problem:policy", answer.Json["type"]!.GetValue<string>());
        Assert.Equal((policy, 1), (answer.Json["policy"]!.GetValue<string>(), answer.Json["policyVersion"]!.GetValue<int>()));
        Assert.NotNull(answer.Json["clause"]);
        Assert.Contains(clause, Clauses(answer.Json["errors"]));
        var check = await PostAsync(tenant, key, "/v1/messages/check", change);
        Assert.False(check.Json["accepted"]!.GetValue<bool>());
        Assert.Contains(clause, Clauses(check.Json["findings"]));
    }

    [Theory]
    [MemberData(nameof(Allowed))]
    public async Task Message_just_within_a_clause_is_taken(string clause, string policy, string change)
    {
        var (tenant, key) = await TenantAsync(policy);

        var check = await PostAsync(tenant, key, "/v1/messages/check", change);
        Assert.DoesNotContain(clause, Clauses(check.Json["findings"]));
        Assert.Empty(Clauses(check.Json["findings"]));

        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(tenant, key, "/v1/messages", change)).Status);
    }

    [Theory]
    [MemberData(nameof(Advice))]
    public async Task Message_that_could_be_better_is_taken_and_told(string clause, string policy, string change)
    {
        var (tenant, key) = await TenantAsync(policy);

        var check = await PostAsync(tenant, key, "/v1/messages/check", change);

        Assert.True(check.Json["accepted"]!.GetValue<bool>());
        Assert.Contains(clause, Clauses(check.Json["advice"]));
        Assert.DoesNotContain(clause, Clauses((await PostAsync(tenant, key, "/v1/messages/check", "{}")).Json["advice"]));
    }

    [Theory]
    [InlineData("mailsequence")]
    [InlineData("mailscale")]
    [InlineData("mailup")]
    [InlineData("emarsys")]
    [InlineData("sendserver")]
    public async Task Message_that_keeps_to_its_policy_is_taken(string policy)
    {
        var (tenant, key) = await TenantAsync(policy);

        var answer = await PostAsync(tenant, key, "/v1/messages", "{}");

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal("queued", answer.Json["recipients"]![0]!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Message_under_default_needs_no_declaration()
    {
        var (tenant, key) = await TenantAsync("default");

        var answer = await PostAsync(tenant, key, "/v1/messages", """{"consent":null,"text":"Hello","reason":null,"attestation":null}""");

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
    }

    [Fact]
    public async Task SC_51_refuses_only_the_recipients_that_it_is_about()
    {
        var (tenant, key) = await TenantAsync("mailscale");

        var answer = await PostAsync(tenant, key, "/v1/messages", """{"consent":{"method":"b2b-unsolicited"},"to":["someone@gmail.com","boss@company.example"]}""");

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal(
            ["boss@company.example queued ", "someone@gmail.com refused SC-51"],
            answer.Json["recipients"]!.AsArray().Select(r => $"{r!["address"]} {r["status"]} {r["clause"]}"));
        var kept = await host.CallAsync(HttpMethod.Get, $"/v1/messages/{answer.Json["id"]}", key: key);
        Assert.Equal("boss@company.example", Assert.Single(kept.Json["recipients"]!.AsArray())!["address"]!.GetValue<string>());
    }

    [Fact]
    public async Task Every_clause_that_a_message_breaks_is_named_at_once()
    {
        var (tenant, key) = await TenantAsync("mailsequence");

        var answer = await PostAsync(tenant, key, "/v1/messages", """{"text":"Hello\n","consent":{"method":"hearsay","source":"purchased"},"replyTo":"x@elsewhere.example"}""");

        Assert.Equal(["MS-06", "MS-07", "MS-09", "MS-13", "MS-22", "MS-35", "MS-38", "MS-40"], Clauses(answer.Json["errors"]).Order());
    }

    [Fact]
    public async Task Batch_judges_each_message_alone()
    {
        var (tenant, key) = await TenantAsync("emarsys");
        var (good, bad) = (Message(tenant, "{}"), Message(tenant, """{"consent":null}"""));

        var answer = await host.CallAsync(HttpMethod.Post, "/v1/messages/batch", new JsonObject { ["messages"] = new JsonArray(good, bad) }, key);

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.NotNull(answer.Json["results"]![0]!["id"]);
        Assert.Contains("EM-01", Clauses(answer.Json["results"]![1]!["errors"]));
    }

    [Fact]
    public async Task EM_54_raw_messages_declare_by_headers_and_are_judged_alike()
    {
        var (tenant, key) = await TenantAsync("emarsys");
        var head = $"From: news@{tenant}.example\r\nSubject: s\r\n";
        const string Declared = "X-Grid-Consent-Method: double-opt-in\r\nX-Grid-Consent-At: 2026-01-01T00:00:00Z\r\nX-Grid-Consent-Source: form\r\n";

        var refused = await RawAsync(key, head + "\r\nHello\r\nUnsubscribe: https://shop.example/leave\r\n");
        var taken = await RawAsync(key, head + Declared + "\r\nHello\r\nUnsubscribe: https://shop.example/leave\r\n");
        var withoutLink = await RawAsync(key, head + Declared + "\r\nHello\r\n");
        var misspelt = await RawAsync(key, head + Declared + "X-Grid-Consent-Revoked-At: yesterday\r\n\r\nHello\r\n");

        Assert.Equal(["EM-01", "EM-04", "EM-09"], Clauses(refused.Json["errors"]).Order());
        Assert.Equal(HttpStatusCode.Accepted, taken.Status);
        Assert.Equal(["EM-34"], Clauses(withoutLink.Json["errors"]));
        Assert.Equal("X-Grid-Consent-Revoked-At", misspelt.Json["errors"]![0]!["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task EM_54_smtp_is_judged_alike_and_names_every_clause()
    {
        var (tenant, key) = await TenantAsync("emarsys");
        using var smtp = await SmtpDialogue.OpenAsync(host.SubmissionPort);
        await smtp.SignInAsync(tenant, key);

        var refused = await smtp.MessageAsync("a@client.example", $"From: news@{tenant}.example\r\nSubject: s\r\n\r\nHello\r\n");

        Assert.StartsWith("550", refused, StringComparison.Ordinal);
        Assert.Contains("5.7.1 Policy emarsys, version 1, refuses the message", refused, StringComparison.Ordinal);
        Assert.Contains("(EM-01)", refused, StringComparison.Ordinal);
        Assert.Contains("(EM-34)", refused, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sendserver")]
    [InlineData("mailup")]
    public async Task SS_24_MU_21_MU_26_new_tenants_are_pending_and_send_nothing(string policy)
    {
        var tenant = "new-" + policy;
        var put = await host.CallAsync(HttpMethod.Put, $"/v1/tenants/{tenant}", new { name = tenant, policy, sendingDomains = new[] { $"{tenant}.example" } });
        Assert.Equal("pending", put.Json["state"]!.GetValue<string>());
        var key = (await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/keys", new { })).Json["key"]!.GetValue<string>();

        var refused = await PostAsync(tenant, key, "/v1/messages", "{}");
        Assert.Equal((HttpStatusCode.Forbidden, "pending"), (refused.Status, refused.Json["state"]!.GetValue<string>()));

        await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/state", new { state = "active", reason = "vetted elsewhere", overrideVetting = true });
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(tenant, key, "/v1/messages", "{}")).Status);
    }

    [Fact]
    public async Task MU_43_a_pushed_list_of_bases_disallows_single_opt_in_when_the_push_is_answered()
    {
        const string Loose = "policy: mu43\nextends: mailup\nparameters: {vettingRequired: false}\n";
        const string Strict = "policy: mu43\nextends: mailup\nparameters: {vettingRequired: false, consent: {bases: [double-opt-in]}}\n";
        Assert.True((await PushAsync("mu43", Loose)).Status is HttpStatusCode.OK or HttpStatusCode.Created);
        var (tenant, key) = await TenantAsync("mu43");
        const string Single = """{"consent":{"method":"single-opt-in"}}""";
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(tenant, key, "/v1/messages", Single)).Status);

        var pushed = await PushAsync("mu43", Strict);

        Assert.True(pushed.Status is HttpStatusCode.OK, pushed.Text);
        var refused = await PostAsync(tenant, key, "/v1/messages", Single);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, 2), (refused.Status, refused.Json["policyVersion"]!.GetValue<int>()));
        Assert.Equal(["MU-06"], Clauses(refused.Json["errors"]));
    }

    [Fact]
    public async Task Push_of_a_wrong_policy_names_line_column_and_what_would_be_right()
    {
        var answer = await PushAsync("broken", "policy: broken\nclauses:\n  - id: x\n    words: w\n    subject: moon\n    when: {verdict: verdict.spam}\n    then: suspend\n");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("line 5", answer.Text, StringComparison.Ordinal);
        Assert.Contains("there is no subject", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MS_44_MS_45_reputation_shows_rates_with_their_limits()
    {
        var (_, key) = await TenantAsync("mailsequence");

        var reputation = await host.CallAsync(HttpMethod.Get, "/v1/reputation", key: key);

        Assert.Contains("\"MS-48\"", reputation.Text, StringComparison.Ordinal);
        Assert.Contains("0.001", reputation.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_is_public_and_of_2020_12()
    {
        var schema = await host.CallAsync(HttpMethod.Get, "/schemas/policy.json", key: null);

        Assert.Equal((HttpStatusCode.OK, "application/schema+json"), (schema.Status, schema.MediaType));
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.Json["$schema"]!.GetValue<string>());
    }

    private Task<HostFixture.Reply> PushAsync(string name, string yaml) =>
        host.CallAsync(HttpMethod.Put, $"/v1/policies/{name}", new StringContent(yaml, System.Text.Encoding.UTF8, "application/yaml"));

    private static IEnumerable<string> Clauses(JsonNode? errors) => errors!.AsArray().Select(e => e!["clause"]?.GetValue<string>() ?? "").ToList();

    private Task<HostFixture.Reply> RawAsync(string key, string message) => host.CallAsync(
        HttpMethod.Post, "/v1/messages/raw?to=a@client.example", new StringContent(message, System.Text.Encoding.ASCII, "message/rfc822"), key);

    private Task<HostFixture.Reply> PostAsync(string tenant, string key, string path, string change) => host.CallAsync(HttpMethod.Post, path, Message(tenant, change), key);

    private static JsonObject Message(string tenant, string change)
    {
        var message = JsonNode.Parse($$"""
            {"from": "News <news@{{tenant}}.example>", "to": ["you@client.example"], "subject": "Hello", "stream": "bulk", "reason": "we saw your shop", "attestation": "J. Doe",
             "consent": {"method": "double-opt-in", "at": "2026-01-01T00:00:00Z", "ip": "192.0.2.1", "source": "form", "notice": "v1"} }
            """)!.AsObject();
        message["text"] = "Hello, we saw your shop\n" + Address + Link;
        Merge(message, JsonNode.Parse(change.Replace("TENANT", tenant, StringComparison.Ordinal))!.AsObject());
        return message;
    }

    // RFC 7396.
    private static void Merge(JsonObject into, JsonObject patch)
    {
        foreach (var (name, value) in patch.ToList())
        {
            if (value is null)
            {
                into.Remove(name);
            }
            else if (value is JsonObject inner && into[name] is JsonObject existing)
            {
                Merge(existing, inner);
            }
            else
            {
                into[name] = value.DeepClone();
            }
        }
    }

    // One tenant a policy: what is judged here leaves no trace in its standing.
    private async Task<(string Tenant, string Key)> TenantAsync(string policy)
    {
        var tenant = "ms-" + policy;
        var put = await host.CallAsync(HttpMethod.Put, $"/v1/tenants/{tenant}", new
        {
            name = tenant,
            policy,
            sendingDomains = new[] { $"{tenant}.example" },
            profile = new { company = "Shop & Sons GmbH", postalAddress = "1 Main St, 12345 Town", website = "https://shop.example", contactEmail = "ops@shop.example", country = "US" },
        });
        Assert.True(put.Status is HttpStatusCode.Created or HttpStatusCode.OK, put.Text);
        if (put.Json["state"]!.GetValue<string>() == "pending")
        {
            await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/state", new { state = "active", reason = "vetted elsewhere", overrideVetting = true });
        }

        if (policy == "mailsequence" && (await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}/vetting")).Json["attestations"]!.AsArray().Count == 0)
        {
            var vetting = $"/v1/tenants/{tenant}/vetting";
            await host.CallAsync(HttpMethod.Put, vetting, new { senderNames = new[] { "News", $"news.{tenant}.example" } });
            await host.CallAsync(HttpMethod.Post, vetting + "/attestations", new { person = "J. Doe", regimes = new[] { "can-spam", "gdpr", "casl" } });
            await host.ConfirmAsync(vetting, $"care@mail.{tenant}.example", HostFixture.OperatorKey);
        }

        // At most 100 keys a tenant: the last is revoked with the next.
        var keys = await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}/keys");
        foreach (var old in keys.Json["keys"]!.AsArray())
        {
            await host.CallAsync(HttpMethod.Delete, $"/v1/tenants/{tenant}/keys/{old!["id"]}");
        }

        return (tenant, (await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/keys", new { })).Json["key"]!.GetValue<string>());
    }
}
