using System.Text;
using Grid.Contracts.Enforcement;
using Grid.Core.Feedback;
using Grid.Core.Vocabulary;
using Grid.Grains.Ingress;
using Grid.Host.Api;
using Grid.Host.Ingress;
using Grid.Host.Options;
using Grid.Mail.Mime;
using Grid.Testing;

namespace Grid.Host.Tests.Ingress;

public sealed class RawDrafterTests
{
    private const string Head = "From: news@acme.example\r\nDate: Thu, 01 Jan 2026 00:00:00 +0000\r\nMessage-ID: <a@acme.example>\r\nSubject: s\r\n";
    private static readonly TenantSpec Acme = new("Acme", "default", "default", null, new(), ["acme.example"]);

    private readonly ManualClock _clock = new();
    private readonly MessageToken _tokens = new(new byte[32], "return-path");
    private readonly MessageId _id = MessageId.Compose(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), 1, 2);

    [Fact]
    public void Draft_a_good_message_gets_its_reference_and_keeps_every_other_byte()
    {
        var submission = Ready(Head + "\r\n.body\r\n");

        var text = Encoding.ASCII.GetString(submission.Body.Span);
        Assert.StartsWith($"X-Grid-Ref: {_tokens.Sign(_id, MessageToken.WholeMessage)}\r\nX-Report-Abuse: http://127.0.0.1:8080/abuse\r\nList-Unsubscribe: <http://", text, StringComparison.Ordinal);
        Assert.EndsWith($"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n{Head}\r\n.body\r\n", text, StringComparison.Ordinal);
        Assert.Equal([new SubmittedRecipient("a@x.example", "x.example")], submission.Recipients);
    }

    [Theory]
    [InlineData("X-Grid-Stream: transactional\r\n")]
    [InlineData("List-Unsubscribe: <https://acme.example/u/1>\r\n")]
    public void Draft_transactional_mail_and_mail_with_its_own_way_out_get_none(string header)
    {
        var text = Encoding.ASCII.GetString(Ready(header + Head + "\r\n.body\r\n").Body.Span);

        Assert.DoesNotContain("/u/", text.Replace("acme.example/u/1", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("One-Click", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Draft_the_grids_own_headers_are_read_and_taken_out()
    {
        var submission = Ready("X-Grid-Ref: forged\r\nx-grid-stream: transactional\r\nX-GRID-Campaign: spring \r\n" + Head + "X-Grid-Other: a\r\n b\r\n\r\nbody\r\n");

        Assert.Equal((MailStream.Transactional, "spring"), (submission.Stream, submission.Campaign));
        Assert.EndsWith("\r\n" + Head + "\r\nbody\r\n", Encoding.ASCII.GetString(submission.Body.Span), StringComparison.Ordinal);
        Assert.DoesNotContain("forged", Encoding.ASCII.GetString(submission.Body.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("From: x@evil.example\r\n\r\n", "From", "sender-domain")]
    [InlineData("Subject: s\r\n\r\n", "From", null)]
    [InlineData("From: news@acme.example\r\nX-Grid-Stream: fast\r\n\r\n", "stream", null)]
    [InlineData("From: news@acme.example\r\nFrom: x@evil.example\r\n\r\n", "From", null)]
    [InlineData("From: news@acme.example, x@evil.example\r\n\r\n", "From", null)]
    [InlineData("From: news@acme.example\r\n\r\na\nb\r\n", "body", null)]
    public void Draft_what_breaks_a_rule_is_refused(string message, string field, string? clause)
    {
        var errors = Assert.IsType<Draft.Faulty>(Draft(message)).Errors;

        Assert.Contains(errors, error => error.Field == field && error.Clause == clause);
    }

    [Fact]
    public void Draft_over_http_bare_line_ends_are_put_right() =>
        Assert.EndsWith("\r\n\r\na\r\nb\r\n", Encoding.ASCII.GetString(Ready("From: news@acme.example\n\na\nb\n", overSmtp: false).Body.Span), StringComparison.Ordinal);

    [Fact]
    public void Draft_what_is_larger_than_the_limit_is_too_large() =>
        Assert.Equal(new Draft.TooLarge(LimitOptions.Default.MaxMessageBytes), Draft(Head + "\r\n" + new string('x', LimitOptions.Default.MaxMessageBytes)));

    private Submission Ready(string message, bool overSmtp = true) => Assert.IsType<Draft.Ready>(Draft(message, overSmtp)).Submission;

    private Draft Draft(string message, bool overSmtp = true)
    {
        var faults = new Faults();
        var recipients = new RecipientList(10, faults);
        Assert.True(EmailAddress.TryParse("a@x.example", out var address));
        recipients.Add(address);
        var drafter = new RawDrafter(new(_tokens, TestLinks.Make(_clock), LimitOptions.Default, _clock), LimitOptions.Default, _clock);
        return drafter.Draft(Acme, new(Encoding.Latin1.GetBytes(message), recipients) { OverSmtp = overSmtp }, _id, faults);
    }
}
