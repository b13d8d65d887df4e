using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Grid.Host.Tests.Api.SendGrid;
using Grid.Host.Tests.Clients;

namespace Grid.Host.Tests.Whole;

public sealed class SendGridTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static readonly Dictionary<HostFixture, string> Keys = [];

    public static TheoryData<string> Names => [.. SendGridCase.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Case_comes_out_as_the_table_says(string name)
    {
        var one = SendGridCase.All.Single(c => c.Name == name);
        var to = $"{Guid.NewGuid():N}@sgc.example";
        var mail = SendGridCase.Mail(to);
        one.Change(mail);

        var reply = await host.CallAsync(HttpMethod.Post, "/v3/mail/send", mail, await KeyAsync());

        if (one.Verdict == "refused")
        {
            Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
            var errors = reply.Json["errors"]!.AsArray().Select(e => $"{e!["field"]}: {e["message"]}").ToList();
            Assert.Equal([one.Words], errors);
            return;
        }

        var sandboxed = name.Contains("sandbox", StringComparison.Ordinal);
        Assert.Equal((sandboxed ? HttpStatusCode.OK : HttpStatusCode.Accepted, ""), (reply.Status, reply.Text));
        Assert.Equal(sandboxed, !reply.Headers.Contains("X-Message-Id"));
        if (one.Sees is { } text)
        {
            Assert.Contains(text, (await host.ReceivedAsync(to)).Data, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Table_of_cases_is_that_of_the_tests()
    {
        var file = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "src", "Grid.Host", "Api", "SendGrid", "SendGrid.md"));
        var right = SendGridCase.All.Select(c => $"| {c.Name} | {c.Verdict} | {c.Words} |").ToList();
        var written = File.Exists(file) ? File.ReadAllLines(file).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2).ToList() : [];

        Assert.True(right.SequenceEqual(written), "SendGrid.md should have:" + Environment.NewLine + string.Join(Environment.NewLine, right));
        Assert.True(right.Count >= 40);
    }

    [Fact]
    public async Task Metadata_of_a_mail_is_in_its_events()
    {
        var key = await KeyAsync();
        var to = $"{Guid.NewGuid():N}@sgc.example";
        var mail = SendGridCase.Mail(to);
        (mail["custom_args"], mail["categories"], mail["asm"]) = (new JsonObject { ["order"] = "7" }, new JsonArray("spring"), new JsonObject { ["group_id"] = 3 });

        var sent = await host.CallAsync(HttpMethod.Post, "/v3/mail/send", mail, key);
        var message = (await host.CallAsync(HttpMethod.Get, "/v1/messages/" + sent.Headers.GetValues("X-Message-Id").Single(), key: key)).Json;

        Assert.Equal("spring", message["campaign"]!.GetValue<string>());
        Assert.Equal(("7", "spring", 3), (
            message["metadata"]!["custom_args"]!["order"]!.GetValue<string>(), message["metadata"]!["categories"]![0]!.GetValue<string>(), message["metadata"]!["asm_group_id"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Sendgrids_own_client_sends_and_sees_its_errors()
    {
        const string Script = """
            const client = require('@sendgrid/client'), mail = require('@sendgrid/mail');
            const use = key => { client.setApiKey(key); client.setDefaultRequest('baseUrl', process.env.URL); };
            mail.setClient(client);
            use(process.env.KEY);
            (async () => {
              const [ok] = await mail.send({ to: { email: 'node@sgc.example', name: 'N' }, from: 'a@sgt.example', subject: 'From -lang-', text: 'Hi', html: '<p>Hi</p>', substitutions: { lang: 'node' }, substitutionWrappers: ['-', '-'],
                attachments: [{ content: 'SGk=', filename: 'a.txt' }], categories: ['c'], customArgs: { a: 'b' } });
              console.log(ok.statusCode, ok.headers['x-message-id'].length);
              try { await mail.send({ to: 'x@sgc.example', from: 'a@elsewhere.example', subject: 's', text: 't' }); }
              catch (e) { console.log(e.code, e.response.body.errors[0].field); }
              use('wrong');
              try { await mail.send({ to: 'x@sgc.example', from: 'a@sgt.example', subject: 's', text: 't' }); }
              catch (e) { console.log(e.code, e.response.body.errors.length); }
            })();
            """;

        var (code, output) = await Programs.NodeAsync(Script, ["@sendgrid/mail"], ("URL", host.Address.ToString()), ("KEY", await KeyAsync()));

        Assert.Equal((0, "202 13\n400 from.email\n401 1\n"), (code, string.Join('\n', output.Split('\n').Where(line => !line.Contains("API key does not start", StringComparison.Ordinal)))));
        Assert.Contains("\r\nSubject: From node\r\n", (await host.ReceivedAsync("node@sgc.example")).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodemailer_swaks_and_curl_send_over_smtp_and_http()
    {
        const string Script = """
            const t = require('nodemailer').createTransport({ host: '127.0.0.1', port: +process.env.PORT, secure: false, ignoreTLS: true, auth: { user: 'sgt', pass: process.env.KEY } });
            (async () => {
              const info = await t.sendMail({ from: 'N <a@sgt.example>', to: 'nodemailer@sgc.example', subject: 'Grüße', text: 'Hi', html: '<p>Hi</p>', attachments: [{ filename: 'a.txt', content: 'x' }] });
              console.log(info.response.slice(0, 20), info.accepted.length);
              try { await t.sendMail({ from: 'a@elsewhere.example', to: 'b@sgc.example', subject: 's', text: 't' }); } catch (e) { console.log(e.responseCode, e.command); }
            })();
            """;
        var key = await KeyAsync();
        var (code, output) = await Programs.NodeAsync(Script, ["nodemailer"], ("PORT", $"{host.SubmissionPort}"), ("KEY", key));
        Assert.Equal((0, "250 2.0.0 Queued as  1\n554 DATA\n"), (code, output));
        await host.ReceivedAsync("nodemailer@sgc.example");

        var swaks = await Programs.RunAsync("swaks", ["--server", $"127.0.0.1:{host.SubmissionPort}", "--auth", "LOGIN", "--auth-user", "sgt", "--auth-password", key, "--from", "a@sgt.example", "--to", "swaks@sgc.example"]);
        Assert.True(swaks.Code == 0, swaks.Output);
        await host.ReceivedAsync("swaks@sgc.example");

        var curl = await Programs.RunAsync("curl", ["-sS", "-o", "/dev/null", "-w", "%{http_code}", "-H", $"Authorization: Bearer {key}", "-H", "Content-Type: application/json", "-d", SendGridCase.Mail("curl@sgc.example").ToJsonString(), $"{host.Address}v3/mail/send"]);
        Assert.Equal((0, "202"), curl);
        await host.ReceivedAsync("curl@sgc.example");
    }

    /// <summary>One tenant for the class: cases are independent of each other.</summary>
    private async Task<string> KeyAsync()
    {
        await Gate.WaitAsync();
        try
        {
            return Keys.TryGetValue(host, out var key) ? key : Keys[host] = await host.TenantAsync("sgt");
        }
        finally
        {
            Gate.Release();
        }
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
