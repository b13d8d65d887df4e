using System.Text;
using System.Text.Json;
using Grid.Contracts.Enforcement;
using Grid.Core.Feedback;
using Grid.Core.Vocabulary;
using Grid.Grains.Ingress;
using Grid.Host.Api.Model;
using Grid.Host.Ingress;
using Grid.Host.Options;
using Grid.Testing;

namespace Grid.Host.Tests.Ingress;

public sealed class MessageDrafterTests
{
    private static readonly TenantSpec Acme = new("Acme", "default", "default", null, new(), ["acme.example"]);
    private static readonly OutgoingMessage Good = new(
        "News <news@acme.example>", ["a@x.example"], null, null, null, "hello", "Hi", null, null, null, null, null, null, null, null);

    private readonly ManualClock _clock = new();
    private readonly MessageToken _tokens = new(new byte[32], "return-path");
    private readonly MessageId _id;
    private readonly MessageDrafter _drafter;

    public MessageDrafterTests()
    {
        _id = MessageId.Compose(_clock.GetUtcNow(), 1, 2);
        _drafter = new(_tokens, TestLinks.Make(_clock), LimitOptions.Default, _clock);
    }

    [Fact]
    public void FromFields_a_good_message_is_ready()
    {
        var draft = Ready(Good with
        {
            Cc = ["Bob <b@x.example>", "a@x.example"],
            Bcc = ["c@bücher.example"],
            Stream = "transactional",
            Campaign = "spring",
            Metadata = JsonSerializer.SerializeToElement(new { k = 1 }),
            Consent = new("double-opt-in", "2026-01-01T00:00:00Z", "192.0.2.1", "form"),
            SendAt = "2026-01-01T01:00:00+00:30",
        });

        Assert.Equal(_id, draft.Id);
        Assert.Equal(
            [new("a@x.example", "x.example"), new("b@x.example", "x.example"), new SubmittedRecipient("c@xn--bcher-kva.example", "xn--bcher-kva.example")],
            draft.Recipients);
        Assert.Equal((MailStream.Transactional, "spring", false, false), (draft.Stream, draft.Campaign, draft.EightBit, draft.Utf8));
        Assert.Equal(_clock.GetUtcNow().AddMinutes(30), draft.SendAt);
        using var details = JsonDocument.Parse(draft.Details!);
        Assert.Equal(
            ("News <news@acme.example>", "hello", 1, "double-opt-in"),
            (details.RootElement.GetProperty("from").GetString(), details.RootElement.GetProperty("subject").GetString(),
                details.RootElement.GetProperty("metadata").GetProperty("k").GetInt32(), details.RootElement.GetProperty("consent").GetProperty("method").GetString()));
        var text = Encoding.ASCII.GetString(draft.Body.Span);
        Assert.Contains($"\r\nX-Grid-Ref: {_tokens.Sign(_id, MessageToken.WholeMessage)}\r\n", text, StringComparison.Ordinal);
        Assert.Contains($"\r\nMessage-ID: <{_id}@acme.example>\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("bcher", text, StringComparison.Ordinal);
    }

    [Fact]
    public void FromFields_an_empty_message_has_every_fault_listed() =>
        Assert.Equal(
            ["from", "to", "subject", "text"],
            Faults(new(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)));

    [Fact]
    public void FromFields_every_field_is_checked() =>
        Assert.Equal(
            [
                "from", "to[1]", "to[2]", "cc[0]", "replyTo", "stream", "campaign", "sendAt", "metadata", "consent.method", "consent.at", "consent.ip",
                "headers[X-Grid-Ref]", "headers[X-Null]", "attachments[0].content", "attachments[1]", "attachments[0].filename", "attachments[0].contentType",
            ],
            Faults(Good with
            {
                From = "x@evil.example",
                To = ["a@x.example", "nobody", null],
                Cc = ["a@b@c <x"],
                ReplyTo = "",
                Stream = "Bulk",
                Campaign = new string('c', 101),
                SendAt = "tomorrow",
                Metadata = JsonSerializer.SerializeToElement(1),
                Consent = new("", null, "300.1.1.1", null),
                Headers = new Dictionary<string, string?> { ["X-Grid-Ref"] = "forged", ["X-Null"] = null },
                Attachments = [new(null, "none", null, null), null],
            }));

    [Theory]
    [InlineData("acme.example", true)]
    [InlineData("news.acme.example", true)]
    [InlineData("notacme.example", false)]
    [InlineData("acme.example.evil.example", false)]
    [InlineData("example", false)]
    public void FromFields_from_must_be_in_a_domain_of_the_tenant(string domain, bool allowed)
    {
        var draft = _drafter.FromFields(Acme, Good with { From = $"news@{domain}" }, _id);

        Assert.Equal(allowed, draft is Draft.Ready);
        Assert.True(allowed || draft is Draft.Faulty { Errors: [{ Field: "from", Clause: "sender-domain" }] });
    }

    [Theory]
    [InlineData("a\r\nBcc: evil@x.example")]
    [InlineData("a\nBcc: evil@x.example")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    [InlineData("a\u007fb")]
    public void FromFields_no_value_adds_a_header(string value)
    {
        Assert.Equal(["subject"], Faults(Good with { Subject = value }));
        Assert.Equal(["from"], Faults(Good with { From = $"{value} <news@acme.example>" }));
        Assert.Equal(["to[0]"], Faults(Good with { To = [$"\"{value}\" <a@x.example>"] }));
        Assert.Equal(["replyTo"], Faults(Good with { ReplyTo = $"a@x.example{value}" }));
        Assert.Equal(["headers[X-Tag]"], Faults(Good with { Headers = new Dictionary<string, string?> { ["X-Tag"] = value } }));
        Assert.Equal(["headers"], Faults(Good with { Headers = new Dictionary<string, string?> { [value] = "x" } }));
        Assert.Equal(["attachments[0].filename"], Faults(Good with { Attachments = [new(value, "text/plain", [1], null)] }));
        Assert.Equal(["attachments[0].contentType"], Faults(Good with { Attachments = [new("a.txt", value, [1], null)] }));
    }

    [Theory]
    [InlineData("2026-01-31T00:00:00Z", true)]
    [InlineData("2026-01-31T00:00:01Z", false)]
    [InlineData("2025-12-31T00:00:00Z", true)]
    [InlineData("2026-01-01T00:00:00", false)]
    [InlineData("2026-01-01", false)]
    [InlineData("2026-02-30T00:00:00Z", false)]
    public void FromFields_send_at_is_rfc_3339_and_at_most_thirty_days_ahead(string at, bool allowed) =>
        Assert.Equal(allowed, _drafter.FromFields(Acme, Good with { SendAt = at }, _id) is Draft.Ready);

    [Fact]
    public void FromFields_send_at_that_has_passed_is_now() => Assert.Null(Ready(Good with { SendAt = "2025-12-31T00:00:00Z" }).SendAt);

    [Fact]
    public void FromFields_a_thousand_recipients_are_the_most()
    {
        var addresses = Enumerable.Range(0, 1001).Select(i => $"u{i}@x.example").ToArray();

        Assert.Equal(1000, Ready(Good with { To = addresses[..999], Bcc = addresses[999..1000] }).Recipients.Count);
        Assert.Equal(["bcc"], Faults(Good with { To = addresses[..1000], Bcc = addresses[1000..] }));
    }

    [Fact]
    public void FromFields_bulk_mail_to_one_gets_one_click_and_to_several_a_link_that_asks()
    {
        static string Header(Submission submission) => Encoding.ASCII.GetString(submission.Body.Span).Split("\r\n\r\n")[0];

        var one = Header(Ready(Good));
        Assert.Contains("\r\nList-Unsubscribe: <http://127.0.0.1:8080/u/", one, StringComparison.Ordinal);
        Assert.Contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click", one, StringComparison.Ordinal);
        Assert.All(one.Split("\r\n"), line => Assert.True(line.Length <= 998));
        var several = Header(Ready(Good with { Bcc = ["b@x.example"] }));
        Assert.Contains("\r\nList-Unsubscribe: ", several, StringComparison.Ordinal);
        Assert.DoesNotContain("List-Unsubscribe-Post", several, StringComparison.Ordinal);
        Assert.DoesNotContain("List-Unsubscribe", Header(Ready(Good with { Stream = "transactional" })), StringComparison.Ordinal);
        var own = Header(Ready(Good with { Headers = new Dictionary<string, string?> { ["list-unsubscribe"] = "<https://acme.example/out>" } }));
        Assert.DoesNotContain("/u/", own, StringComparison.Ordinal);
    }

    [Fact]
    public void FromFields_metadata_of_4_kib_is_the_most()
    {
        static JsonElement Metadata(int bytes) => JsonSerializer.SerializeToElement(new { k = new string('x', bytes - """{"k":""}""".Length) });

        Ready(Good with { Metadata = Metadata(4096) });
        Assert.Equal(["metadata"], Faults(Good with { Metadata = Metadata(4097) }));
    }

    [Fact]
    public void FromFields_what_is_larger_than_the_limit_is_too_large()
    {
        var drafter = new MessageDrafter(_tokens, TestLinks.Make(_clock), LimitOptions.Default with { MaxMessageBytes = 2000 }, _clock);

        Assert.Equal(new Draft.TooLarge(2000), drafter.FromFields(Acme, Good with { Text = new string('x', 2000) }, _id));
    }

    private Submission Ready(OutgoingMessage message) => Assert.IsType<Draft.Ready>(_drafter.FromFields(Acme, message, _id)).Submission;

    private IEnumerable<string> Faults(OutgoingMessage message) => Assert.IsType<Draft.Faulty>(_drafter.FromFields(Acme, message, _id)).Errors.Select(error => error.Field);
}
