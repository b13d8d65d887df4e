using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Grid.Core.Feedback;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Counters;
using Grid.Host.Feedback.TlsReports;
using Grid.Host.Tests.Whole;
using Grid.Host.Webhooks;
using Grid.Mail.Mime;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Host.Tests.Feedback.TlsReports;

/// <summary>Reports from the counts to their deliveries, at the edges of days. Each test has a domain of its own.</summary>
public sealed class TlsReportDeskTests(TlsReportFixture host) : IClassFixture<TlsReportFixture>
{
    private static readonly TlsSession Fine = new("mx.example");
    private static readonly TlsSession Plain = Fine with { Channel = TlsResult.StartTlsNotSupported };

    private TlsReportDesk Desk => host.Services.GetRequiredService<TlsReportDesk>();

    [Fact]
    public async Task Report_is_made_once_in_its_hour_after_the_days_end_and_posted()
    {
        var day = Wanting("one.example", "https://one.example/reports");
        Count("one.example", Fine, Fine, Plain);
        await Desk.RunAsync(default);
        PassTo(TlsReportSchedule.MadeAt(day, "one.example").AddSeconds(-1));
        Count("one.example", Fine);
        await Desk.RunAsync(default);
        Assert.Empty(await ReportsAsync("one.example"));

        host.Time.Advance(TimeSpan.FromSeconds(1));
        await Desk.RunAsync(default);
        await Desk.RunAsync(default);

        var report = Assert.Single(await ReportsAsync("one.example"))!;
        Assert.Equal((2, 1, "sent", 1), (report["succeeded"]!.GetValue<int>(), report["failed"]!.GetValue<int>(), report["deliveries"]![0]!["state"]!.GetValue<string>(), report["deliveries"]![0]!["attempts"]!.GetValue<int>()));
        var (url, body, type) = Assert.Single(host.Posted, p => p.Url.Host == "one.example");
        Assert.Equal(("https://one.example/reports", "application/tlsrpt+gzip"), (url.ToString(), type));
        var json = JsonNode.Parse(TlsReportJson.Expand(body))!;
        Assert.Equal(($"{day:yyyy-MM-dd}T00:00:00Z", $"{day:yyyy-MM-dd}T23:59:59Z", "Grid GmbH", "tls@grid.example"),
            (json["date-range"]!["start-datetime"]!.GetValue<string>(), json["date-range"]!["end-datetime"]!.GetValue<string>(), json["organization-name"]!.GetValue<string>(), json["contact-info"]!.GetValue<string>()));
        Assert.True(JsonNode.DeepEquals(json, (await host.CallAsync(HttpMethod.Get, $"/v1/tls-reports/{report["id"]}")).Json["report"]));

        // What was counted after midnight is in the next one.
        PassTo(TlsReportSchedule.MadeAt(day.AddDays(1), "one.example"));
        await Desk.RunAsync(default);
        Assert.Equal([1, 2], (await ReportsAsync("one.example")).Select(r => r!["succeeded"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Report_outlives_the_process_that_made_it_and_goes_once()
    {
        var day = Wanting("two.example", "https://two.example/");
        Count("two.example", Plain);
        await Desk.RunAsync(default);
        host.Answering = url => url.Host == "two.example" ? throw new OperationCanceledException("the process ends here") : new WebhookAnswer.Taken();
        PassTo(TlsReportSchedule.MadeAt(day, "two.example"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Desk.RunAsync(default));
        Assert.Equal("waiting", (await ReportsAsync("two.example"))[0]!["deliveries"]![0]!["state"]!.GetValue<string>());

        host.Answering = _ => new WebhookAnswer.Taken();
        host.Posted.Clear();
        await host.RestartAsync();
        await Desk.RunAsync(default);
        await Desk.RunAsync(default);
        Assert.Single(host.Posted, p => p.Url.Host == "two.example");
        Assert.Equal("sent", Assert.Single(await ReportsAsync("two.example"))!["deliveries"]![0]!["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task Delivery_is_tried_for_a_day_and_then_given_up()
    {
        var day = Wanting("three.example", "https://three.example/");
        Count("three.example", Plain);
        await Desk.RunAsync(default);
        host.Answering = url => url.Host == "three.example" ? new WebhookAnswer.Failed("the receiver answered 503") : new WebhookAnswer.Taken();
        PassTo(TlsReportSchedule.MadeAt(day, "three.example"));
        await Desk.RunAsync(default);
        var made = host.Time.GetUtcNow();
        while (host.Time.GetUtcNow() < made.AddHours(30))
        {
            host.Time.Advance(TimeSpan.FromMinutes(5));
            await Desk.RunAsync(default);
        }

        // 5, 10, 20, 40, 80, 160 and then each 240 minutes, within 1,440 in all.
        var delivery = (await ReportsAsync("three.example"))[0]!["deliveries"]![0]!;
        Assert.Equal(("failed", 11, "the receiver answered 503"), (delivery["state"]!.GetValue<string>(), delivery["attempts"]!.GetValue<int>(), delivery["lastError"]!.GetValue<string>()));
        Assert.Equal(11, host.Posted.Count(p => p.Url.Host == "three.example"));
    }

    [Fact]
    public async Task Domain_that_wants_no_report_is_not_counted()
    {
        Count("four.example", Plain);
        await Desk.RunAsync(default);
        Assert.Empty(await host.Services.GetRequiredService<ITlsReports>().CountsAsync(DateOnly.FromDateTime(host.Time.GetUtcNow().UtcDateTime), "four.example"));
        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Post, "/v1/tls-reports", new { domain = "four.example" })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, "/v1/tls-reports", new { domain = "no domain" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, "/v1/tls-reports/none")).Status);
    }

    [Fact]
    public async Task Report_on_demand_and_the_days_own_do_not_overlap()
    {
        var day = Wanting("five.example", "https://five.example/");
        Count("five.example", Fine, Plain);
        var made = await host.CallAsync(HttpMethod.Post, "/v1/tls-reports", new { domain = "five.example" });
        Assert.Equal((HttpStatusCode.Created, 1, 1), (made.Status, made.Json["succeeded"]!.GetValue<int>(), made.Json["failed"]!.GetValue<int>()));
        Count("five.example", Fine);
        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Post, "/v1/tls-reports", new { domain = "five.example" })).Status);
        PassTo(TlsReportSchedule.MadeAt(day, "five.example"));
        await Desk.RunAsync(default);
        var reports = await ReportsAsync("five.example");
        Assert.Equal([1, 1], reports.Select(r => r!["succeeded"]!.GetValue<int>()));
        Assert.Equal(DateTimeOffset.Parse(made.Json["until"]!.GetValue<string>(), null).AddSeconds(1), DateTimeOffset.Parse(reports[0]!["from"]!.GetValue<string>(), null));
    }

    [Fact]
    public async Task Report_by_mail_is_signed_by_the_platform_and_waits_for_its_key()
    {
        Wanting("six.example", "mailto:tls%2Breports@six.example");
        Count("six.example", Plain);
        var made = (await host.CallAsync(HttpMethod.Post, "/v1/tls-reports", new { domain = "six.example" })).Json;
        Assert.Equal("waiting", made["deliveries"]![0]!["state"]!.GetValue<string>());
        Assert.Contains("no key signs for grid.example", made["deliveries"]![0]!["lastError"]!.GetValue<string>(), StringComparison.Ordinal);

        var key = (await host.CallAsync(HttpMethod.Get, "/v1/platform/domains/grid.example")).Json["keys"]![0]!;
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, $"/v1/platform/domains/grid.example/keys/{key["selector"]!.GetValue<string>()}/state", new { state = "active", force = true })).Status);
        host.Time.Advance(TimeSpan.FromMinutes(5));
        await Desk.RunAsync(default);
        var delivery = (await host.CallAsync(HttpMethod.Get, $"/v1/tls-reports/{made["id"]}")).Json["deliveries"]![0]!;
        Assert.Equal("sent", delivery["state"]!.GetValue<string>());

        var mail = await host.ReceivedAsync();
        Assert.Contains("d=grid.example", mail.Data, StringComparison.Ordinal);
        var message = MessageReader.Read(Encoding.Latin1.GetBytes(mail.Data));
        Assert.Equal(("six.example", "grid.example", "No", "<tls+reports@six.example>"), (Header(message, "TLS-Report-Domain"), Header(message, "TLS-Report-Submitter"), Header(message, "TLS-Required"), "<" + Header(message, "To") + ">"));
        Assert.Equal($"Report Domain: six.example Submitter: grid.example Report-ID: <{made["id"]}@grid.example>", Header(message, "Subject"));
        Assert.StartsWith("multipart/report; report-type=tlsrpt;", Header(message, "Content-Type"), StringComparison.Ordinal);
        Assert.Equal(["text/plain", "application/tlsrpt+gzip"], message.Parts.Select(part => part.ContentType.Value));
        Assert.True(JsonNode.DeepEquals((await host.CallAsync(HttpMethod.Get, $"/v1/tls-reports/{made["id"]}")).Json["report"], JsonNode.Parse(TlsReportJson.Expand(message.Parts[1].DecodedBody()))));
    }

    private static string Header(MimeEntity message, string name) => message.Header(name)!.Value.Replace("\r\n", "", StringComparison.Ordinal).Trim();

    private DateOnly Wanting(string domain, string destination)
    {
        host.Records.Publish(TlsReportRecord.NameOf(domain), "v=TLSRPTv1; rua=" + destination);
        return DateOnly.FromDateTime(host.Time.GetUtcNow().UtcDateTime);
    }

    private void Count(string domain, params TlsSession[] sessions) => host.Services.GetRequiredService<TlsSessionBook>().Count(domain, sessions);

    private void PassTo(DateTimeOffset at) => host.Time.Advance(at - host.Time.GetUtcNow());

    private async Task<JsonArray> ReportsAsync(string domain) => (await host.CallAsync(HttpMethod.Get, $"/v1/tls-reports?domain={domain}")).Json["reports"]!.AsArray();
}
