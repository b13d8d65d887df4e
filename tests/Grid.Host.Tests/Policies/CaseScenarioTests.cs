using System.IO.Compression;
using System.Net;
using Grid.Contracts.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Enforcement;
using Grid.Host.Tests.Whole;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Grid.Host.Tests.Policies;

/// <summary>Cases over the real API: looked at in time, a conversation, with the messages that they are about, held and given out as one file.</summary>
public sealed class CaseScenarioTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task MS_63_report_that_nobody_looks_at_within_a_day_raises_an_alarm_once_and_none_before()
    {
        await TenantAsync("aged", "mailsequence");
        var now = DateTimeOffset.UtcNow;
        await OpenAsync("aged-young", "aged", now.AddHours(-24).AddMinutes(1));
        await OpenAsync("aged-old", "aged", now.AddHours(-24).AddMinutes(-1));
        await OpenAsync("aged-seen", "aged", now.AddHours(-48));
        await host.CallAsync(HttpMethod.Post, "/v1/cases/aged-seen/notes", new { words = "looking into it" });
        var watch = host.Services.GetRequiredService<CaseWatch>();

        await watch.LookAsync(default);
        await watch.LookAsync(default);

        var overdue = await host.CallAsync(HttpMethod.Get, "/v1/cases?overdue=true&subject=tenant/aged");
        Assert.Equal(["aged-old"], overdue.Json["cases"]!.AsArray().Select(c => c!["id"]!.GetValue<string>()));
        Assert.Single((await host.CallAsync(HttpMethod.Get, "/v1/decisions?subject=case/aged-old")).Json["decisions"]!.AsArray(), d => d!["action"]!.GetValue<string>() == "case-overdue");
        Assert.DoesNotContain("case-overdue", (await host.CallAsync(HttpMethod.Get, "/v1/decisions?subject=case/aged-young")).Text, StringComparison.Ordinal);
        Assert.Contains("grid_cases_overdue 1", (await host.CallAsync(HttpMethod.Get, "/metrics", key: null)).Text, StringComparison.Ordinal);

        await host.CallAsync(HttpMethod.Post, "/v1/cases/aged-old/notes", new { kind = "owner", words = "Kim" });
        Assert.Empty((await host.CallAsync(HttpMethod.Get, "/v1/cases?overdue=true&subject=tenant/aged")).Json["cases"]!.AsArray());
    }

    [Fact]
    public async Task SC_13_case_is_a_conversation_of_operator_and_tenant()
    {
        var key = await TenantAsync("talker", "mailscale");
        var other = await TenantAsync("listener", "mailscale");
        await OpenAsync("talk", "talker", DateTimeOffset.UtcNow);
        await host.CallAsync(HttpMethod.Post, "/v1/cases/talk/notes", new { kind = "note", words = "not for their eyes" });
        await host.CallAsync(HttpMethod.Post, "/v1/cases/talk/notes", new { kind = "message", words = "Where do the addresses come from?" });
        await host.Services.GetRequiredService<LedgerWatch>().FollowAsync(default);

        var mail = await host.MailToAsync("ops@talker.example");
        Assert.Contains("Where do the addresses come from?", mail.Text, StringComparison.Ordinal);
        var answered = await host.CallAsync(HttpMethod.Post, "/v1/reputation/cases/talk/messages", new { words = "From our form." }, key);
        Assert.Equal(HttpStatusCode.Created, answered.Status);
        Assert.Equal([("opened", "grid"), ("message", "operator"), ("message", "tenant")], answered.Json["notes"]!.AsArray().Select(n => (n!["kind"]!.GetValue<string>(), n["by"]!.GetValue<string>())));
        Assert.DoesNotContain("not for their eyes", answered.Text, StringComparison.Ordinal);
        Assert.Equal(["talk"], (await host.CallAsync(HttpMethod.Get, "/v1/reputation/cases", key: key)).Json["cases"]!.AsArray().Select(c => c!["id"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, "/v1/reputation/cases/talk", key: other)).Status);
        Assert.Empty((await host.CallAsync(HttpMethod.Get, "/v1/reputation/cases", key: other)).Json["cases"]!.AsArray());
    }

    [Fact]
    public async Task MU_58_content_of_a_message_is_reviewed_in_a_case_of_its_tenant_only_and_who_looked_is_on_record()
    {
        var key = await TenantAsync("seen", "default");
        await TenantAsync("unseen", "default");
        await host.CallAsync(HttpMethod.Post, "/v1/queue/pause", new { tenant = "seen" });
        var sent = await host.CallAsync(HttpMethod.Post, "/v1/messages", new { from = "news@seen.example", to = new[] { "you@client.example" }, subject = "Offer", text = "Buy now\n" }, key);
        var id = sent.Json["id"]!.GetValue<string>();
        await host.CallAsync(HttpMethod.Post, "/v1/findings", new { subject = "tenant/seen", signal = "content.strike", evidence = "looks odd", messageId = id });
        await OpenAsync("look", "seen", DateTimeOffset.UtcNow);
        await OpenAsync("strange", "unseen", DateTimeOffset.UtcNow);

        var bundle = await host.CallAsync(HttpMethod.Get, "/v1/cases/look");
        var content = await host.CallAsync(HttpMethod.Get, $"/v1/cases/look/messages/{id}");

        Assert.Equal((id, "Offer"), (bundle.Json["messages"]![0]!["messageId"]!.GetValue<string>(), bundle.Json["messages"]![0]!["details"]!["subject"]!.GetValue<string>()));
        Assert.Equal((HttpStatusCode.OK, "message/rfc822"), (content.Status, content.MediaType));
        Assert.Contains("Buy now", content.Text, StringComparison.Ordinal);
        Assert.Contains($"message {id} was looked at", (await host.CallAsync(HttpMethod.Get, "/v1/cases/look")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, $"/v1/cases/strange/messages/{id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.CallAsync(HttpMethod.Get, $"/v1/cases/look/messages/{id}", key: key)).Status);
    }

    [Fact]
    public async Task MU_18_EM_28_evidence_is_held_for_the_law_and_given_out_as_one_file()
    {
        var key = await TenantAsync("lawful", "mailup");
        await host.CallAsync(HttpMethod.Post, "/v1/tenants/lawful/state", new { state = "active", reason = "vetted elsewhere", overrideVetting = true });
        await OpenAsync("law", "lawful", DateTimeOffset.UtcNow);
        await host.CallAsync(HttpMethod.Post, "/v1/cases/law/notes", new { kind = "hold", words = "court order 7" });
        var sent = await host.CallAsync(
            HttpMethod.Post, "/v1/messages", new { from = "news@lawful.example", to = new[] { "you@client.example" }, subject = "Receipt", text = "The evidence\n", stream = "transactional" }, key);
        var id = sent.Json["id"]!.GetValue<string>();
        await host.DeliveredAsync("lawful", 1);
        await host.CallAsync(HttpMethod.Post, "/v1/findings", new { subject = "tenant/lawful", signal = "content.fraud", evidence = "a false receipt", messageId = id });

        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Post, "/v1/cases/law/verdict", new { verdict = "resolved", reason = "done" })).Status);
        Assert.NotNull(await host.Services.GetRequiredService<ISpool>().ReadBodyAsync(Id(id)));
        using var archive = new ZipArchive(new MemoryStream(await DownloadAsync("/v1/cases/law/export")));
        var names = archive.Entries.Select(e => e.FullName).ToList();
        Assert.Contains("case.json", names);
        Assert.Contains($"messages/{id}.eml", names);
        Assert.Contains("policies/mailup-1.yaml", names);
        Assert.Contains(names, name => name.StartsWith("ledger/", StringComparison.Ordinal));
        using var eml = new StreamReader(archive.GetEntry($"messages/{id}.eml")!.Open());
        Assert.Contains("The evidence", await eml.ReadToEndAsync(), StringComparison.Ordinal);

        await host.CallAsync(HttpMethod.Post, "/v1/cases/law/notes", new { kind = "release", words = "the court is done" });
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, "/v1/cases/law/verdict", new { verdict = "resolved", reason = "done" })).Status);
        Assert.Null(await host.Services.GetRequiredService<IRegistry>().ReadAsync("legal-hold", "lawful/law"));
    }

    [Theory]
    [InlineData("EM-44", "emarsys")]
    [InlineData("MU-62", "mailup")]
    public async Task Every_complaint_is_a_finding_that_opens_a_case_once(string clause, string policy)
    {
        var tenant = "plain-" + policy;
        var key = await TenantAsync(tenant, policy);
        await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/state", new { state = "active", reason = "vetted elsewhere", overrideVetting = true });
        var first = await DeliverAsync(tenant, key, "ann");
        var second = await DeliverAsync(tenant, key, "bob");
        Assert.Empty((await host.CallAsync(HttpMethod.Get, $"/v1/cases?subject=tenant/{tenant}")).Json["cases"]!.AsArray());

        await ComplainAsync(first);
        await ComplainAsync(first);

        var opened = Assert.Single((await host.CallAsync(HttpMethod.Get, $"/v1/cases?subject=tenant/{tenant}")).Json["cases"]!.AsArray())!;
        var bundle = await host.CallAsync(HttpMethod.Get, $"/v1/cases/{opened["id"]}");
        Assert.Equal($"ann@{tenant}-r.example", Assert.Single(bundle.Json["complaints"]!.AsArray())!["recipient"]!.GetValue<string>());
        Assert.Equal("form", Assert.Single(bundle.Json["messages"]!.AsArray())!["details"]!["consent"]!["source"]!.GetValue<string>());
        Assert.Contains(bundle.Json["decisions"]!.AsArray(), d => d!["clause"]!.GetValue<string>() == clause && d["action"]!.GetValue<string>() == "record");

        await ComplainAsync(second);
        Assert.Equal(2, (await host.CallAsync(HttpMethod.Get, $"/v1/cases?subject=tenant/{tenant}")).Json["cases"]!.AsArray().Count);
    }

    [Fact]
    public async Task EM_07_letter_about_a_message_is_a_suspicion_that_opens_a_case()
    {
        var key = await TenantAsync("suspect", "emarsys");
        var message = await DeliverAsync("suspect", key, "ann");
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort, "127.0.4.1");

        Assert.StartsWith("250", await smtp.MessageAsync("abuse@bounces.localhost", "From: <eve@e.example>\r\nSubject: is this spam?\r\n\r\nLook:\r\n" + message.Data + "\r\n", "eve@e.example"), StringComparison.Ordinal);

        Assert.Contains("EM-07", (await host.CallAsync(HttpMethod.Get, "/v1/decisions?subject=tenant/suspect")).Text, StringComparison.Ordinal);
        Assert.Single((await host.CallAsync(HttpMethod.Get, "/v1/cases?subject=tenant/suspect")).Json["cases"]!.AsArray());
        Assert.Equal(0, (await host.CallAsync(HttpMethod.Get, "/v1/tenants/suspect")).Json["counters"]!["complaints"]!.GetValue<int>());
    }

    [Fact]
    public async Task Wrong_notes_are_refused_with_what_would_be_right()
    {
        await TenantAsync("noted", "default");
        await OpenAsync("wrong", "noted", DateTimeOffset.UtcNow);
        object[] wrong =
        [
            new { kind = "guess", words = "x" }, new { kind = "cost", words = "x" }, new { kind = "cost", words = "x", amount = -1, currency = "EUR" }, new { kind = "cost", words = "x", amount = 1.005, currency = "EUR" },
            new { kind = "cost", words = "x", amount = 1, currency = "euro" }, new { kind = "note", words = "x", amount = 1 }, new { kind = "note" },
        ];
        foreach (var note in wrong)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, "/v1/cases/wrong/notes", note)).Status);
        }

        Assert.Single((await host.CallAsync(HttpMethod.Get, "/v1/cases/wrong")).Json["case"]!["notes"]!.AsArray());
    }

    private async Task<ReceivedMessage> DeliverAsync(string tenant, string key, string to)
    {
        var sent = await host.CallAsync(
            HttpMethod.Post,
            "/v1/messages",
            new
            {
                from = $"news@{tenant}.example",
                to = new[] { $"{to}@{tenant}-r.example" },
                subject = "Hello",
                text = "Hello\nUnsubscribe: https://shop.example/leave\n",
                consent = new { method = "double-opt-in", at = "2026-01-01T00:00:00Z", ip = "192.0.2.1", source = "form" },
            },
            key);
        Assert.Equal(HttpStatusCode.Accepted, sent.Status);
        var message = await host.ReceivedAsync($"{to}@{tenant}-r.example");
        await host.UntilAsync($"/v1/messages/{sent.Json["id"]}", shown => shown["state"]!.GetValue<string>() == "delivered", key);
        return message;
    }

    private async Task ComplainAsync(ReceivedMessage message)
    {
        var report = "From: <fbl@loop.example>\r\nSubject: complaint\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nA report.\r\n"
            + $"--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: Test/1\r\nVersion: 1\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{message.Data}\r\n--b--\r\n";
        var answer = await host.CallAsync(HttpMethod.Post, "/v1/feedback", new StringContent(report, System.Text.Encoding.Latin1, "message/rfc822"));
        Assert.True(answer.Json["matched"]!.GetValue<bool>());
    }

    private static MessageId Id(string text) => MessageId.TryParse(text, out var id) ? id : throw new FormatException(text);

    private async Task<byte[]> DownloadAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", HostFixture.OperatorKey);
        return await http.GetByteArrayAsync(path);
    }

    private async Task OpenAsync(string id, string tenant, DateTimeOffset at) =>
        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICaseGrain>(id).Open(new(Subject.Tenant(tenant), CaseKind.Report, "somebody complains", null, at));

    private async Task<string> TenantAsync(string id, string policy)
    {
        var profile = new { company = id + " Works", postalAddress = id + " Road 1", website = $"https://{id}.example", contactEmail = $"ops@{id}.example", country = "US" };
        Assert.Equal(HttpStatusCode.Created, (await host.CallAsync(HttpMethod.Put, $"/v1/tenants/{id}", new { name = id, policy, sendingDomains = new[] { $"{id}.example" }, profile })).Status);
        return (await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{id}/keys", new { })).Json["key"]!.GetValue<string>();
    }
}
