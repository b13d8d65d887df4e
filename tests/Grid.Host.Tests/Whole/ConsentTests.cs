using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Grid.Host.Tests.Whole;

/// <summary>Consent records over the API: written, judged by, taken back, exported, erased; and confirmed by mail.</summary>
public sealed partial class ConsentTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string At = "2026-01-01T00:00:00Z";

    [Fact]
    public async Task EM_24_message_without_evidence_finds_its_own_tenants_record_and_no_others()
    {
        var (tenant, key) = await TenantAsync("own", "emarsys");
        var (other, otherKey) = await TenantAsync("other", "emarsys");
        await PutAsync(key, "a@client.example", new { method = "double-opt-in", at = At, source = "form" });

        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(tenant, key, "A@client.example")).Status);
        var refused = await PostAsync(other, otherKey, "a@client.example");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("EM-01", Clauses(refused));

        await PutAsync(otherKey, "a@client.example", new { method = "double-opt-in", at = At, source = "form", givenTo = "own" });
        Assert.Equal(["EM-24"], Clauses(await PostAsync(other, otherKey, "a@client.example")));
        await PutAsync(otherKey, "a@client.example", new { method = "double-opt-in", at = "2026-01-02T00:00:00Z", source = "form", givenTo = "other.example" });
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(other, otherKey, "a@client.example")).Status);
    }

    [Fact]
    public async Task Recipients_are_judged_each_by_their_own_record_and_a_revocation_holds_at_once()
    {
        var (tenant, key) = await TenantAsync("each", "emarsys");
        foreach (var name in (string[])["a", "b"])
        {
            await PutAsync(key, $"{name}@client.example", new { method = "double-opt-in", at = At, source = "form" });
        }

        var answer = await PostAsync(tenant, key, "a@client.example", "b@client.example", "c@client.example");
        Assert.Equal(["a@client.example queued ", "b@client.example queued ", "c@client.example refused EM-01"], Recipients(answer));

        var revoked = await host.CallAsync(HttpMethod.Post, "/v1/consents/b@client.example/revoke", new { }, key);
        Assert.Equal("tenant", revoked.Json["consents"]![0]!["revokedBy"]!.GetValue<string>());
        Assert.Equal(["a@client.example queued ", "b@client.example refused EM-12"], Recipients(await PostAsync(tenant, key, "a@client.example", "b@client.example")));
    }

    [Fact]
    public async Task Record_of_another_topic_does_not_fit()
    {
        var (tenant, key) = await TenantAsync("topics", "mailup");
        await PutAsync(key, "a@client.example", new { method = "double-opt-in", at = At, source = "form", ip = "192.0.2.1", notice = "v1", topic = "hats" });

        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(tenant, key, new JsonObject { ["topic"] = "hats" }, "a@client.example")).Status);
        Assert.Equal(["MU-35"], Clauses(await PostAsync(tenant, key, new JsonObject { ["topic"] = "cars" }, "a@client.example")));
    }

    [Fact]
    public async Task MU_46_import_lists_and_export_say_what_each_list_rests_on()
    {
        var (_, key) = await TenantAsync("lists", "mailup");
        const string Lines = "{\"address\":\"a@x.example\",\"method\":\"single-opt-in\",\"at\":\"" + At + "\",\"list\":\"spring\"}\n"
            + "{\"address\":\"b@x.example\",\"method\":\"requested\",\"at\":\"" + At + "\",\"list\":\"buyers\",\"basis\":\"contract\"}\n"
            + "{\"address\":\"nobody\",\"method\":\"requested\",\"at\":\"" + At + "\"}\n{\"address\":\"c@x.example\",\"at\":\"2999-01-01T00:00:00Z\",\"basis\":\"whim\"}\nnothing\n";
        var imported = await host.CallAsync(HttpMethod.Post, "/v1/consents/import", new StringContent(Lines, Encoding.UTF8, "application/x-ndjson"), key);
        Assert.Equal((2, 3), (imported.Json["imported"]!.GetValue<int>(), imported.Json["refused"]!.GetValue<int>()));
        var csv = await host.CallAsync(
            HttpMethod.Post, "/v1/consents/import", new StringContent($"address,method,at,preTicked,list\r\nd@x.example,single-opt-in,{At},true,spring\r\n", Encoding.UTF8, "text/csv"), key);
        Assert.Equal(1, csv.Json["imported"]!.GetValue<int>());

        var lists = (await host.CallAsync(HttpMethod.Get, "/v1/consents/lists", key: key)).Json["lists"]!.AsArray();
        Assert.Equal(["buyers contract requested 1", "spring consent single-opt-in 2"], lists.Select(l => $"{l!["list"]} {l["basis"]} {l["method"]} {l["records"]}"));
        var export = (await host.CallAsync(HttpMethod.Get, "/v1/consents/export", key: key)).Text;
        Assert.Equal(3, export.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var (_, again) = await TenantAsync("lists-again", "mailup");
        var back = await host.CallAsync(HttpMethod.Post, "/v1/consents/import", new StringContent(export, Encoding.UTF8, "application/x-ndjson"), again);
        Assert.Equal((3, 0), (back.Json["imported"]!.GetValue<int>(), back.Json["refused"]!.GetValue<int>()));
        Assert.Equal("d@x.example", (await host.CallAsync(HttpMethod.Get, "/v1/consents?after=b@x.example", key: again)).Json["consents"]![0]!["address"]!.GetValue<string>());
    }

    [Fact]
    public async Task EM_17_MS_33_evidence_for_a_message_and_erasure_that_keeps_the_suppression()
    {
        var (tenant, key) = await TenantAsync("erased", "emarsys");
        await PutAsync(key, "a@client.example", new { method = "double-opt-in", at = At, source = "form", evidence = "form 17" });
        var sent = await PostAsync(tenant, key, "a@client.example");
        var evidence = await host.CallAsync(HttpMethod.Get, $"/v1/tenants/{tenant}/consents/evidence/{sent.Json["id"]}");
        Assert.Equal("form 17", evidence.Json["recipients"]![0]!["consents"]![0]!["evidence"]!.GetValue<string>());

        await host.CallAsync(HttpMethod.Post, "/v1/consents/a@client.example/revoke", new { }, key);
        Assert.Equal(HttpStatusCode.NoContent, (await host.CallAsync(HttpMethod.Delete, "/v1/consents/a@client.example", key: key)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, "/v1/consents/a@client.example", key: key)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Delete, "/v1/consents/a@client.example", key: key)).Status);
        Assert.Contains("a@client.example", (await host.CallAsync(HttpMethod.Get, "/v1/suppressions", key: key)).Text, StringComparison.Ordinal);
        var declared = await PostAsync(tenant, key, new JsonObject { ["consent"] = new JsonObject { ["method"] = "double-opt-in", ["at"] = At, ["source"] = "form" } }, "a@client.example");
        Assert.Equal(["a@client.example suppressed suppressed-unsubscribe"], Recipients(declared));
        Assert.Equal("form", (await host.CallAsync(HttpMethod.Get, $"/v1/consents/evidence/{declared.Json["id"]}", key: key)).Json["declared"]!["source"]!.GetValue<string>());
    }

    [Fact]
    public async Task Wrong_record_is_refused_with_every_fault()
    {
        var (_, key) = await TenantAsync("wrong", "default");
        var put = await host.CallAsync(
            HttpMethod.Put, "/v1/consents/nobody", new { at = "2999-01-01T00:00:00Z", ip = "x", channel = "air", basis = "whim", revokedAt = "never", topic = new string('t', 101) }, key);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, put.Status);
        Assert.Equal(["address", "at", "basis", "channel", "ip", "method", "revokedAt", "topic"], put.Json["errors"]!.AsArray().Select(e => e!["field"]!.GetValue<string>()).Order());
    }

    [Fact]
    public async Task MU_42_confirmation_mail_records_consent_when_its_button_is_pressed_and_not_before()
    {
        var (tenant, key) = await TenantAsync("confirm", "emarsys");
        Assert.Equal(["EM-01", "EM-04", "EM-09"], Clauses(await PostAsync(tenant, key, "ann@client.example")).Order());

        var asked = await AskAsync(key, tenant, "Ann@client.example");
        Assert.Equal((HttpStatusCode.Accepted, 1), (asked.Status, asked.Json["sent"]!.GetValue<int>()));
        var link = await LinkAsync("Ann@client.example");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync(key, tenant, "ann@client.example")).Status);

        var page = await host.CallAsync(HttpMethod.Get, link, key: null);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("ann@client", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, "/v1/consents/ann@client.example", key: key)).Status);

        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, link, new FormUrlEncodedContent([]), null)).Status);
        var record = (await host.CallAsync(HttpMethod.Get, "/v1/consents/ann@client.example", key: key)).Json["consents"]![0]!;
        Assert.Equal(("double-opt-in", "recipient", "127.0.0.1", "our form"), (Text(record, "method"), Text(record, "by"), Text(record, "ip"), Text(record, "source")));
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(tenant, key, "ann@client.example")).Status);
        await host.CallAsync(HttpMethod.Post, link, new FormUrlEncodedContent([]), null);
        Assert.Equal(Text(record, "at"), Text((await host.CallAsync(HttpMethod.Get, "/v1/consents/ann@client.example", key: key)).Json["consents"]![0]!, "at"));
    }

    [Fact]
    public async Task MU_42_forged_altered_and_unknown_links_are_none_and_the_tenants_standing_holds()
    {
        var (tenant, key) = await TenantAsync("forged", "emarsys");
        await AskAsync(key, tenant, "bob@client.example");
        var link = await LinkAsync("bob@client.example");
        foreach (var wrong in (string[])[link[..^1], link[..^1] + (link[^1] == 'A' ? 'B' : 'A'), "/c/" + new string('a', 44), "/c/x"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, wrong, key: null)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Post, wrong, new FormUrlEncodedContent([]), null)).Status);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, "/v1/consents/carl@client.example/confirmation", new { from = "x@elsewhere.example" }, key)).Status);
        await host.CallAsync(HttpMethod.Put, "/v1/suppressions/dora@client.example", new { reason = "manual", scope = "all" }, key);
        Assert.Equal(HttpStatusCode.Conflict, (await AskAsync(key, tenant, "dora@client.example")).Status);
        await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/state", new { state = "suspended", reason = "x" });
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(key, tenant, "emil@client.example")).Status);
    }

    [Fact]
    public async Task Unsubscribing_takes_consent_back_and_confirming_again_gives_it()
    {
        var (tenant, key) = await TenantAsync("again", "emarsys");
        await PutAsync(key, "fay@client.example", new { method = "double-opt-in", at = At, source = "form" });
        await PostAsync(tenant, key, "fay@client.example");
        var leave = OptOut().Match((await host.ReceivedAsync("fay@client.example")).Data.Replace("\r\n ", "", StringComparison.Ordinal)).Groups[1].Value;
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, leave, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), null)).Status);
        Assert.Equal("recipient", Text((await host.CallAsync(HttpMethod.Get, "/v1/consents/fay@client.example", key: key)).Json["consents"]![0]!, "revokedBy"));
        Assert.DoesNotContain("queued", (await PostAsync(tenant, key, "fay@client.example")).Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Accepted, (await AskAsync(key, tenant, "fay@client.example")).Status);
        await host.CallAsync(HttpMethod.Post, await LinkAsync("fay@client.example"), new FormUrlEncodedContent([]), null);
        Assert.Equal(["fay@client.example queued "], Recipients(await PostAsync(tenant, key, "fay@client.example")));
    }

    private async Task<(string Tenant, string Key)> TenantAsync(string id, string policy)
    {
        await host.CallAsync(HttpMethod.Put, $"/v1/tenants/{id}", new { name = id, policy, sendingDomains = new[] { $"{id}.example" } });
        await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{id}/state", new { state = "active", reason = "vetted elsewhere", overrideVetting = true });
        return (id, Text((await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{id}/keys", new { })).Json, "key"));
    }

    private async Task PutAsync(string key, string address, object record) =>
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Put, $"/v1/consents/{address}", record, key)).Status);

    private Task<HostFixture.Reply> AskAsync(string key, string tenant, string address) =>
        host.CallAsync(HttpMethod.Post, $"/v1/consents/{address}/confirmation", new { from = $"News <news@{tenant}.example>", source = "our form", notice = "v1" }, key);

    private Task<HostFixture.Reply> PostAsync(string tenant, string key, params string[] to) => PostAsync(tenant, key, [], to);

    private Task<HostFixture.Reply> PostAsync(string tenant, string key, JsonObject more, params string[] to)
    {
        var message = new JsonObject
        {
            ["from"] = $"news@{tenant}.example",
            ["to"] = new JsonArray([.. to.Select(address => JsonValue.Create(address))]),
            ["subject"] = "hello",
            ["text"] = "Hi\nUnsubscribe: https://shop.example/leave?x=1\n",
            ["stream"] = "bulk",
        };
        more.ToList().ForEach(field => message[field.Key] = field.Value!.DeepClone());
        return host.CallAsync(HttpMethod.Post, "/v1/messages", message, key);
    }

    private async Task<string> LinkAsync(string recipient)
    {
        while (true)
        {
            if (Confirm().Match((await host.ReceivedAsync(recipient)).Data.Replace("=\r\n", "", StringComparison.Ordinal)) is { Success: true } found)
            {
                return found.Value;
            }
        }
    }

    private static IEnumerable<string> Clauses(HostFixture.Reply reply) => (reply.Json["errors"]?.AsArray() ?? []).Select(e => e!["clause"]?.GetValue<string>() ?? "").ToList();

    private static IEnumerable<string> Recipients(HostFixture.Reply reply) => reply.Json["recipients"]!.AsArray().Select(r => $"{r!["address"]} {r["status"]} {r["clause"]}").Order().ToList();

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    [GeneratedRegex("/c/[A-Za-z0-9_-]{44}")]
    private static partial Regex Confirm();

    [GeneratedRegex("List-Unsubscribe: <https?://[^/]+(/u/[^>]+)>")]
    private static partial Regex OptOut();
}
