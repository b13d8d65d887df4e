using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Outcomes;

/// <summary>Replies in the words that mail systems and providers publish, and what they mean.</summary>
public sealed class PublishedRepliesTests
{
    [Theory]
    // Unknown recipients.
    [InlineData(550, "5.1.10", "RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", ReplyReason.UnknownUser, true)]
    [InlineData(550, "5.1.1", "The email account that you tried to reach does not exist. Please try double-checking the recipient's email address", ReplyReason.UnknownUser, true)]
    [InlineData(550, "5.5.0", "Requested action not taken: mailbox unavailable (S2017062302).", ReplyReason.UnknownUser, true)]
    [InlineData(554, "", "delivery error: dd This user doesn't have a yahoo.com account (a@yahoo.com) [-5]", ReplyReason.UnknownUser, true)]
    [InlineData(550, "", "Requested action not taken: mailbox unavailable. invalid DNS MX or A/AAAA resource record", ReplyReason.UnknownUser, true)]
    [InlineData(550, "", "5.1.1 unknown or illegal alias: a@example.com", ReplyReason.UnknownUser, true)]
    [InlineData(550, "", "No such local user", ReplyReason.UnknownUser, true)]
    [InlineData(550, "", "There is no such address", ReplyReason.UnknownUser, true)]
    [InlineData(551, "", "This mailbox is not on this server. User not local", ReplyReason.UnknownUser, true)]
    [InlineData(550, "", "sorry, no mailbox here by that name (#5.1.1)", ReplyReason.UnknownUser, true)]
    [InlineData(511, "", "sorry, no mailbox here by that name (#5.1.1 - chkuser)", ReplyReason.UnknownUser, true)]
    [InlineData(553, "", "sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", ReplyReason.Protocol, false)]
    [InlineData(550, "", "Mailbox not found", ReplyReason.UnknownUser, true)]
    [InlineData(550, "5.1.6", "recipient no longer on server: a@example.com", ReplyReason.UnknownUser, true)]
    [InlineData(550, "5.1.1", "<a@example.com>: Email address could not be found, or was misspelled (G8)", ReplyReason.UnknownUser, true)]
    [InlineData(550, "", "Unrouteable address", ReplyReason.BadDomain, true)]
    // Mailboxes.
    [InlineData(550, "5.2.1", "mailbox disabled, not accepting messages", ReplyReason.DisabledMailbox, false)]
    [InlineData(554, "", "delivery error: dd This mailbox is disabled (554.30).", ReplyReason.DisabledMailbox, false)]
    [InlineData(552, "5.2.2", "mailbox size limit exceeded", ReplyReason.MailboxFull, false)]
    [InlineData(554, "5.2.2", "STOREDRV.Deliver; mailbox full. The following information should help identify the cause: QuotaExceededException", ReplyReason.MailboxFull, false)]
    [InlineData(452, "4.3.1", "Insufficient system storage", ReplyReason.Other, false)]
    [InlineData(550, "", "User's mailbox is over its quota", ReplyReason.MailboxFull, false)]
    [InlineData(522, "5.7.1", "Requested mail action aborted: exceeded storage allocation", ReplyReason.MailboxFull, false)]
    // Rate.
    [InlineData(421, "4.7.0", "[TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints", ReplyReason.BlockedByReputation, false)]
    [InlineData(450, "4.7.1", "Error: too much mail from 192.0.2.1", ReplyReason.RateLimited, false)]
    [InlineData(421, "4.3.2", "The maximum number of concurrent server connections has exceeded a limit", ReplyReason.RateLimited, false)]
    [InlineData(550, "5.4.5", "Daily user sending limit exceeded", ReplyReason.RateLimited, false)]
    [InlineData(421, "", "RP-001 (BAY004) The mail server IP connecting to server has exceeded the rate limit allowed.", ReplyReason.RateLimited, false)]
    // Reputation and lists.
    [InlineData(550, "5.7.606", "Access denied, banned sending IP [192.0.2.1]", ReplyReason.BlockedByReputation, false)]
    [InlineData(550, "5.7.1", "Service unavailable, Client host [192.0.2.1] blocked using Spamhaus", ReplyReason.Listed, false)]
    [InlineData(554, "", "Your access to this mail system has been rejected due to the sending MTA's poor reputation.", ReplyReason.BlockedByReputation, false)]
    [InlineData(550, "5.7.708", "Service unavailable. Access denied, traffic not accepted from this IP", ReplyReason.BlockedByReputation, false)]
    [InlineData(554, "", "5.7.1 <unknown[192.0.2.1]>: Client host rejected: Access denied", ReplyReason.BlockedByReputation, false)]
    [InlineData(550, "5.7.25", "The IP address sending this message does not have a PTR record setup", ReplyReason.BlockedByReputation, false)]
    [InlineData(554, "", "Transaction failed. Reject due to policy restrictions. IP address is black listed.", ReplyReason.Listed, false)]
    // Authentication.
    [InlineData(550, "5.7.23", "The message was rejected because of Sender Policy Framework violation", ReplyReason.AuthenticationFailed, false)]
    [InlineData(550, "5.7.509", "Access denied, sending domain example.com does not pass DMARC verification and has a DMARC policy of reject.", ReplyReason.AuthenticationFailed, false)]
    [InlineData(550, "", "SPF: 192.0.2.1 is not allowed to send mail from example.com", ReplyReason.AuthenticationFailed, false)]
    // Content.
    [InlineData(552, "5.7.0", "This message was blocked because its content presents a potential security issue.", ReplyReason.ContentRefused, false)]
    [InlineData(554, "5.7.1", "Message contains a virus (Eicar-Test-Signature)", ReplyReason.ContentRefused, false)]
    [InlineData(550, "", "High probability of spam", ReplyReason.ContentRefused, false)]
    [InlineData(554, "5.6.0", "Message contains invalid header", ReplyReason.Protocol, false)]
    [InlineData(550, "5.6.0", "Lone CR or LF in headers", ReplyReason.Protocol, false)]
    [InlineData(552, "5.3.4", "Message size exceeds fixed limit", ReplyReason.Size, false)]
    [InlineData(552, "5.2.3", "Message exceeds local size limit", ReplyReason.Size, false)]
    // Policy.
    [InlineData(550, "5.7.124", "RESOLVER.RST.NotAuthorized; sender not in allowed-senders list", ReplyReason.Policy, false)]
    [InlineData(550, "5.7.133", "RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required", ReplyReason.Policy, false)]
    [InlineData(550, "5.7.64", "TenantAttribution; Relay Access Denied", ReplyReason.Protocol, false)]
    [InlineData(550, "5.1.8", "Access denied, bad outbound sender", ReplyReason.Policy, false)]
    [InlineData(554, "5.4.14", "Hop count exceeded - possible mail loop ATTR34", ReplyReason.Protocol, false)]
    [InlineData(550, "5.4.310", "DNS domain example.com does not exist [Message=InfoDomainNonexistent]", ReplyReason.BadDomain, true)]
    [InlineData(550, "5.4.316", "Message expired, connection refused(Socket error code 10061)", ReplyReason.Network, false)]
    [InlineData(550, "5.4.300", "Message expired -> 421 4.4.1 Connection timed out", ReplyReason.Network, false)]
    [InlineData(451, "4.4.62", "Mail sent to the wrong Office 365 region. ATTR35", ReplyReason.Network, false)]
    [InlineData(450, "4.2.0", "<a@example.com>: Recipient address rejected: Greylisted", ReplyReason.Greylisted, false)]
    [InlineData(451, "", "Greylisting in action, please come back later", ReplyReason.Greylisted, false)]
    [InlineData(556, "5.1.10", "Recipient address has null MX", ReplyReason.BadDomain, true)]
    [InlineData(503, "5.5.1", "Bad sequence of commands", ReplyReason.Protocol, false)]
    public void Classify_published_reply_is_understood(int code, string enhanced, string text, ReplyReason reason, bool hard)
    {
        var c = ReplyClassifier.Classify(code, enhanced, text);

        Assert.True((reason, hard) == (c.Reason, c.Hard), $"{code} {enhanced} {text}: read as {c}");
    }

    [Theory]
    [InlineData("host mx.example[192.0.2.1] said: 550 5.2.1 <@>: User unknown (in reply to RCPT TO command)", AnsweredCommand.Rcpt)]
    [InlineData("SMTP error from remote mail server after end of data: 550 User unknown", AnsweredCommand.Data)]
    [InlineData("SMTP error from remote mail server after MAIL FROM:<a@b> SIZE=1", AnsweredCommand.Mail)]
    [InlineData("192.0.2.1 does not like recipient. Remote host said: 550", AnsweredCommand.Rcpt)]
    [InlineData("... while talking to mx.example.:\n>>> DATA\n<<< 550 5.0.0 <a@b>... User unknown", AnsweredCommand.Data)]
    [InlineData("User Unknown [RCPT_TO]", AnsweredCommand.Rcpt)]
    [InlineData("mx.example did not like our RCPT TO:\n550", AnsweredCommand.Rcpt)]
    [InlineData("SMTP error from remote mail server after EHLO grid.example: 550 Rejected", AnsweredCommand.Connect)]
    [InlineData("the following address failed after some days", AnsweredCommand.Unknown)]
    public void Find_command_that_a_report_names(string words, AnsweredCommand command) => Assert.Equal(command, CommandInText.Find(words));

    [Theory]
    [InlineData(AnsweredCommand.Rcpt, true)]
    [InlineData(AnsweredCommand.Data, false)]
    [InlineData(AnsweredCommand.Unknown, true)]
    public void Classify_unknown_user_after_the_message_was_read_is_not_hard(AnsweredCommand command, bool hard) =>
        Assert.Equal(hard, ReplyClassifier.Classify(550, "", "User unknown", command: command).Hard);

    [Fact]
    public void Classify_disabled_mailbox_ends_the_address_without_being_hard()
    {
        var disabled = ReplyClassifier.Classify(550, "5.2.1", "The email account that you tried to reach is disabled");
        var suspended = ReplyClassifier.Classify(550, "5.2.1", "mailbox is temporarily disabled");
        var later = ReplyClassifier.Classify(450, "4.2.1", "The email account that you tried to reach is disabled");

        Assert.Equal((false, true), (disabled.Hard, disabled.Ends));
        Assert.Equal((false, false), (suspended.Hard, suspended.Ends));
        Assert.Equal((false, false), (later.Hard, later.Ends));
    }
}
