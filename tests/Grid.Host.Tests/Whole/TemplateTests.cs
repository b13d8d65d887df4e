using System.Net;

namespace Grid.Host.Tests.Whole;

public sealed class TemplateTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly object Welcome = new { subject = "Welcome, {{name}}", text = "Hello {{name}}\n", html = "<p>Hello {{name}}</p>" };

    [Fact]
    public async Task Message_of_a_template_arrives_with_each_recipients_own_data()
    {
        var key = await host.TenantAsync("mailmerge");
        Assert.Equal(HttpStatusCode.Created, (await host.CallAsync(HttpMethod.Put, "/v1/templates/welcome", Welcome, key)).Status);

        var sent = await host.CallAsync(HttpMethod.Post, "/v1/messages/batch", new { messages = new[] { Message("ann@client.example", "Ann <3"), Message("bob@client.example", "Bob") } }, key);

        Assert.Equal(HttpStatusCode.Accepted, sent.Status);
        var mails = new[] { (await host.ReceivedAsync()).Data, (await host.ReceivedAsync()).Data };
        Assert.Contains(mails, mail => mail.Contains("Subject: Welcome, Bob", StringComparison.Ordinal) && mail.Contains("<p>Hello Bob</p>", StringComparison.Ordinal));
        Assert.Contains(mails, mail => mail.Contains("Hello Ann <3", StringComparison.Ordinal) && mail.Contains("<p>Hello Ann &lt;3</p>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Data_that_lacks_a_value_is_refused_for_that_message_alone()
    {
        var key = await host.TenantAsync("halfmerge");
        await host.CallAsync(HttpMethod.Put, "/v1/templates/welcome", Welcome, key);

        var sent = await host.CallAsync(
            HttpMethod.Post, "/v1/messages/batch",
            new { messages = new object[] { new { from = "a@halfmerge.example", to = new[] { "x@client.example" }, template = "welcome", data = new { first = "X" } }, Message("y@client.example", "Y", "halfmerge") } }, key);

        Assert.Equal(HttpStatusCode.Accepted, sent.Status);
        Assert.Contains("the data has no name", sent.Json["results"]![0]!.ToJsonString(), StringComparison.Ordinal);
        Assert.NotNull(sent.Json["results"]![1]!["id"]);
        await host.ReceivedAsync();
    }

    [Fact]
    public async Task Template_is_its_tenants_alone_and_goes_when_deleted()
    {
        var (mine, theirs) = (await host.TenantAsync("mine"), await host.TenantAsync("theirs"));
        await host.CallAsync(HttpMethod.Put, "/v1/templates/a", Welcome, mine);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Put, "/v1/templates/a", Welcome, mine)).Status);

        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, "/v1/templates/a", key: theirs)).Status);
        Assert.Empty((await host.CallAsync(HttpMethod.Get, "/v1/templates", key: theirs)).Json["templates"]!.AsArray());
        Assert.Equal("template", (await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("x@client.example", "X", "theirs", "a"), theirs)).Json["errors"]![0]!["field"]!.GetValue<string>());
        Assert.Equal("Welcome, Eve", (await host.CallAsync(HttpMethod.Post, "/v1/templates/a/fill", new { data = new { name = "Eve" } }, mine)).Json["subject"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.NoContent, (await host.CallAsync(HttpMethod.Delete, "/v1/templates/a", key: mine)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, "/v1/templates/a", key: mine)).Status);
    }

    [Fact]
    public async Task Template_that_cannot_be_read_is_refused_with_its_field()
    {
        var key = await host.TenantAsync("unread");

        var answer = await host.CallAsync(HttpMethod.Put, "/v1/templates/a%20b", new { subject = "{{#if a}}", html = "{{> other}}" }, key);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(["name", "subject", "html"], answer.Json["errors"]!.AsArray().Select(error => error!["field"]!.GetValue<string>()));
        Assert.Equal("template", (await host.CallAsync(HttpMethod.Post, "/v1/messages", new { from = "a@unread.example", to = new[] { "x@client.example" }, subject = "S", template = "a" }, key))
            .Json["errors"]![0]!["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task Template_is_filled_for_a_SendGrid_client()
    {
        var key = await host.TenantAsync("dynamic");
        await host.CallAsync(HttpMethod.Put, "/v1/templates/d-0a1b", Welcome, key);
        object Mail(object data) => new { template_id = "d-0a1b", from = new { email = "a@dynamic.example" }, personalizations = new[] { new { to = new[] { new { email = "x@client.example" } }, dynamic_template_data = data } } };

        Assert.Equal(HttpStatusCode.Accepted, (await host.CallAsync(HttpMethod.Post, "/v3/mail/send", Mail(new { name = "Zoe" }), key)).Status);
        var lacking = await host.CallAsync(HttpMethod.Post, "/v3/mail/send", Mail(new { first = "Zoe" }), key);

        Assert.Contains("Subject: Welcome, Zoe", (await host.ReceivedAsync()).Data, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, lacking.Status);
        Assert.Equal("personalizations.0.dynamic_template_data", lacking.Json["errors"]![0]!["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task Value_with_a_line_end_adds_no_header()
    {
        var key = await host.TenantAsync("folded");
        await host.CallAsync(HttpMethod.Put, "/v1/templates/welcome", Welcome, key);

        var sent = await host.CallAsync(HttpMethod.Post, "/v1/messages", Message("x@client.example", "X\r\nBcc: everybody@client.example", "folded"), key);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.Status);
        Assert.Equal("subject", sent.Json["errors"]![0]!["field"]!.GetValue<string>());
    }

    private static object Message(string to, string name, string tenant = "mailmerge", string template = "welcome") =>
        new { from = $"a@{tenant}.example", to = new[] { to }, template, data = new { name } };
}
