using System.Net;
using System.Text;
using Grid.Core.Ports;
using Grid.Grains.Queue;
using Grid.Host.Tests.Whole;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Host.Tests.Policies;

/// <summary>Mail that a policy holds for review: taken and kept, seen by sender and operator, sent or cancelled by an operator's word only.</summary>
public sealed class HoldScenarioTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Policy = "policy: careful\nextends: default\nclauses:\n  - id: many\n    words: mail to more than one is looked at first\n    subject: message\n    when: {declaration: message.recipients, above: 1 recipients}\n    then: hold\n";

    [Fact]
    public async Task Held_message_is_kept_shown_and_sent_once_it_is_released()
    {
        var key = await TenantAsync("held");
        var check = await host.CallAsync(HttpMethod.Post, "/v1/messages/check", Message("held", "a", "b"), key);
        Assert.Equal((false, "held", "many"), (check.Json["accepted"]!.GetValue<bool>(), check.Json["recipients"]![0]!["status"]!.GetValue<string>(), check.Json["findings"]![0]!["clause"]!.GetValue<string>()));

        var posted = await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("held", "a", "b"), key);

        Assert.Equal(HttpStatusCode.Accepted, posted.Status);
        Assert.Equal([("held", "many"), ("held", "many")], posted.Json["recipients"]!.AsArray().Select(r => (r!["status"]!.GetValue<string>(), r["clause"]!.GetValue<string>())));
        var id = posted.Json["id"]!.GetValue<string>();
        Assert.Equal("held", await StateAsync(id, key));
        var listed = Assert.Single((await host.CallAsync(HttpMethod.Get, "/v1/held?tenant=held")).Json["messages"]!.AsArray())!;
        Assert.Equal((id, "many", "careful"), (listed["id"]!.GetValue<string>(), listed["clause"]!.GetValue<string>(), listed["policy"]!["name"]!.GetValue<string>()));
        Assert.Contains("Hello", (await host.CallAsync(HttpMethod.Get, $"/v1/held/{id}/content")).Text, StringComparison.Ordinal);
        await host.CallAsync(HttpMethod.Post, "/v1/queue/flush", new { tenant = "held" });
        await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("held", "alone"), key);
        await host.DeliveredAsync("held", 1);
        Assert.Equal("held", await StateAsync(id, key));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, $"/v1/held/{id}/release", new { })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.CallAsync(HttpMethod.Post, $"/v1/held/{id}/release", new { reason = "it is mine" }, key)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, $"/v1/held/{id}/release", new { reason = "a known circular" })).Status);

        await host.DeliveredAsync("held", 3);
        Assert.Equal("delivered", await StateAsync(id, key));
        Assert.Empty((await host.CallAsync(HttpMethod.Get, "/v1/held?tenant=held")).Json["messages"]!.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Post, $"/v1/held/{id}/release", new { reason = "again" })).Status);
        Assert.Contains((await host.CallAsync(HttpMethod.Get, "/v1/decisions?subject=tenant/held")).Json["decisions"]!.AsArray(), d => d!["action"]!.GetValue<string>() == "release-held" && d["clause"]!.GetValue<string>() == "many");
    }

    [Fact]
    public async Task Held_message_is_cancelled_by_the_operator_or_by_its_sender()
    {
        var key = await TenantAsync("dropped");
        var ids = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            ids.Add((await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("dropped", $"a{i}", $"b{i}"), key)).Json["id"]!.GetValue<string>());
        }

        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, $"/v1/held/{ids[0]}/cancel", new { reason = "phishing" })).Status);
        Assert.Equal(2, (await host.CallAsync(HttpMethod.Delete, $"/v1/messages/{ids[1]}", key: key)).Json["cancelled"]!.GetValue<int>());

        foreach (var id in ids)
        {
            await host.UntilAsync("/v1/messages/" + id, message => message["state"]!.GetValue<string>() is "cancelled", key);
        }

        Assert.Empty((await host.CallAsync(HttpMethod.Get, "/v1/held?tenant=dropped")).Json["messages"]!.AsArray());
    }

    [Fact]
    public async Task Held_mail_of_a_tenant_is_listed_in_pages_that_read_no_others()
    {
        var (key, other) = (await TenantAsync("paged"), await TenantAsync("paged-too"));
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("paged-too", $"a{i}", $"b{i}"), other);
            ids.Add((await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("paged", $"a{i}", $"b{i}"), key)).Json["id"]!.GetValue<string>());
        }

        var registry = host.Services.GetRequiredService<IRegistry>();
        Assert.Equal(ids.Order().Select(id => "paged/" + id), (await registry.ListAsync("held-of", "paged/", 100)).Select(entry => entry.Key).Where(of => of.StartsWith("paged/", StringComparison.Ordinal)));
        var (seen, after) = (new List<string>(), "");
        do
        {
            var page = (await host.CallAsync(HttpMethod.Get, $"/v1/held?tenant=paged&limit=2&after={after}")).Json;
            seen.AddRange(page["messages"]!.AsArray().Select(message => message!["id"]!.GetValue<string>()));
            after = page["after"]?.GetValue<string>();
        }
        while (after is not null);

        Assert.Equal(ids.Order(), seen);
        foreach (var id in ids)
        {
            await host.CallAsync(HttpMethod.Post, $"/v1/held/{id}/release", new { reason = "a known circular" });
        }

        await host.DeliveredAsync("paged", 6);
        Assert.Empty((await host.CallAsync(HttpMethod.Get, "/v1/held?tenant=paged")).Json["messages"]!.AsArray());
        Assert.Equal(3, (await host.CallAsync(HttpMethod.Get, "/v1/held?tenant=paged-too")).Json["messages"]!.AsArray().Count);
    }

    [Fact]
    public async Task Release_that_was_written_down_and_not_done_is_finished()
    {
        var key = await TenantAsync("half");
        var id = (await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("half", "a", "b"), key)).Json["id"]!.GetValue<string>();
        var registry = host.Services.GetRequiredService<IRegistry>();
        var mail = host.Services.GetRequiredService<HeldMail>();
        await mail.FinishAsync(default);
        Assert.Equal("held", await StateAsync(id, key));

        var written = (await registry.ReadAsync("held", id))!.Replace("\"releasedAt\":null", "\"releasedAt\":\"2026-01-01T00:00:00+00:00\"", StringComparison.Ordinal);
        await registry.WriteAsync("held-released", id, written);
        await mail.FinishAsync(default);

        await host.DeliveredAsync("half", 2);
        Assert.Null(await registry.ReadAsync("held-released", id));
    }

    [Fact]
    public async Task Held_message_over_smtp_is_taken_and_the_reply_says_so()
    {
        var key = await TenantAsync("smtpheld");
        await host.CallAsync(HttpMethod.Put, "/v1/policies/nothing-goes", Yaml(Policy.Replace("careful", "nothing-goes", StringComparison.Ordinal).Replace("above: 1 recipients", "above: 0 recipients", StringComparison.Ordinal)));
        await host.CallAsync(HttpMethod.Put, "/v1/tenants/smtpheld", new { name = "smtpheld", policy = "nothing-goes", sendingDomains = new[] { "smtpheld.example" } });
        using var smtp = await SmtpDialogue.OpenAsync(host.SubmissionPort);
        await smtp.SignInAsync("smtpheld", key);

        var reply = await smtp.MessageAsync("a@client.example", "From: news@smtpheld.example\r\nSubject: s\r\n\r\nHello\r\n");

        Assert.StartsWith("250 2.0.0 Held for review as ", reply, StringComparison.Ordinal);
        Assert.Single((await host.CallAsync(HttpMethod.Get, "/v1/held?tenant=smtpheld")).Json["messages"]!.AsArray());
    }

    private static StringContent Yaml(string text) => new(text, Encoding.UTF8, "application/yaml");

    private static object Message(string tenant, params string[] to) =>
        new { from = $"news@{tenant}.example", to = to.Select(name => $"{name}@{tenant}-r.example"), subject = "Hello", text = "Hello\n" };

    private async Task<string> StateAsync(string id, string key) => (await host.CallAsync(HttpMethod.Get, "/v1/messages/" + id, key: key)).Json["state"]!.GetValue<string>();

    private async Task<string> TenantAsync(string id)
    {
        Assert.True((await host.CallAsync(HttpMethod.Put, "/v1/policies/careful", Yaml(Policy))).Status is HttpStatusCode.OK or HttpStatusCode.Created);
        Assert.Equal(HttpStatusCode.Created, (await host.CallAsync(HttpMethod.Put, $"/v1/tenants/{id}", new { name = id, policy = "careful", sendingDomains = new[] { $"{id}.example" } })).Status);
        return (await host.CallAsync(HttpMethod.Post, $"/v1/tenants/{id}/keys", new { })).Json["key"]!.GetValue<string>();
    }
}
