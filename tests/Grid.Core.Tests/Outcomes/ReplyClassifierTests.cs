using FsCheck.Fluent;
using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Outcomes;

public sealed class ReplyClassifierTests
{
    [Theory]
    // Gmail: rate in the codes of a dead mailbox.
    [InlineData(450, "4.2.1", "The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered.", ReplyReason.RateLimited, false, ReplyAbout.Recipient)]
    [InlineData(550, "5.2.1", "The user you are trying to contact is receiving mail at a rate that prevents additional messages. https://support.google.com/mail/?p=ReceivingRatePerm", ReplyReason.RateLimited, false, ReplyAbout.Recipient)]
    [InlineData(550, "5.2.1", "The email account that you tried to reach is disabled. Learn more at https://support.google.com/mail/?p=DisabledUser", ReplyReason.DisabledMailbox, false, ReplyAbout.Recipient)]
    [InlineData(552, "5.2.2", "The recipient's inbox is out of storage and inactive. Please direct the recipient to https://support.google.com/mail/?p=OverQuotaPerm", ReplyReason.DisabledMailbox, false, ReplyAbout.Recipient)]
    [InlineData(552, "5.2.2", "The email account that you tried to reach is over quota.", ReplyReason.MailboxFull, false, ReplyAbout.Recipient)]
    [InlineData(452, "4.2.2", "The email account that you tried to reach is over quota.", ReplyReason.MailboxFull, false, ReplyAbout.Recipient)]
    [InlineData(421, "5.7.32", "Your email has been blocked because the From: header isn't aligned", ReplyReason.AuthenticationFailed, false, ReplyAbout.Tenant)]
    [InlineData(550, "5.7.1", "Our system has detected an unusual rate of mail; mail from your IP has been rate limited.", ReplyReason.RateLimited, false, ReplyAbout.Ip)]
    [InlineData(421, "4.7.28", "Gmail has detected an unusual rate of unsolicited mail originating from your IP Netblock", ReplyReason.RateLimited, false, ReplyAbout.Ip)]
    [InlineData(421, "4.7.28", "", ReplyReason.RateLimited, false, ReplyAbout.Ip)]
    [InlineData(550, "5.7.26", "Unauthenticated email from example.com is not accepted due to domain's DMARC policy.", ReplyReason.AuthenticationFailed, false, ReplyAbout.Tenant)]
    [InlineData(550, "5.7.1", "This message is likely suspicious due to the very low reputation of the sending domain.", ReplyReason.BlockedByReputation, false, ReplyAbout.Tenant)]
    // Yahoo and Microsoft.
    [InlineData(421, "4.7.1", "[TS03] All messages from 192.0.2.1 will be permanently deferred; Retrying will NOT succeed.", ReplyReason.BlockedByReputation, false, ReplyAbout.Ip)]
    [InlineData(553, "5.7.1", "[BL21] Connections will not be accepted from 192.0.2.1, because the ip is in Spamhaus's list", ReplyReason.Listed, false, ReplyAbout.Ip)]
    [InlineData(550, "5.7.1", "Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).", ReplyReason.Listed, false, ReplyAbout.Ip)]
    [InlineData(550, "5.7.515", "Access denied, sending domain example.com does not meet the required authentication level.", ReplyReason.AuthenticationFailed, false, ReplyAbout.Tenant)]
    [InlineData(550, "5.4.1", "Recipient address rejected: Access denied. [AMS.prod.protection.outlook.com]", ReplyReason.UnknownUser, true, ReplyAbout.Recipient)]
    [InlineData(554, "5.7.1", "<a@b.example>: Recipient address rejected: Access denied", ReplyReason.Policy, false, ReplyAbout.Receiver)]
    [InlineData(451, "4.7.500", "Server busy. Please try again later from [192.0.2.1]. (AS77712)", ReplyReason.RateLimited, false, ReplyAbout.Ip)]
    // A list that could not be asked is no listing.
    [InlineData(554, "5.7.1", "Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org; Error: open resolver; https://www.spamhaus.org/returnc/pub/", ReplyReason.Other, false, ReplyAbout.Receiver)]
    [InlineData(554, "5.7.1", "Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org", ReplyReason.Listed, false, ReplyAbout.Ip)]
    // The sender's fault in the words of a recipient's.
    [InlineData(450, "4.1.8", "<a@b.example>: Sender address rejected: Domain not found", ReplyReason.Policy, false, ReplyAbout.Tenant)]
    [InlineData(550, "5.1.8", "<a@b.example>: Sender address rejected: Domain not found", ReplyReason.Policy, false, ReplyAbout.Tenant)]
    // Another grid's refusal is no dead mailbox.
    [InlineData(550, "5.7.1", "tenant acme is suspended (complaint-cutoff): complaints above 0.1 %", ReplyReason.Policy, false, ReplyAbout.Receiver)]
    // Addresses don't count as words.
    [InlineData(550, "5.1.1", "<spam.virus.rbl@dkim.example>: User unknown", ReplyReason.UnknownUser, true, ReplyAbout.Recipient)]
    [InlineData(550, "5.1.1", "spam@mailbox.full no such user", ReplyReason.UnknownUser, true, ReplyAbout.Recipient)]
    // Codes.
    [InlineData(550, "5.1.1", "", ReplyReason.UnknownUser, true, ReplyAbout.Recipient)]
    [InlineData(450, "4.1.1", "User unknown", ReplyReason.UnknownUser, false, ReplyAbout.Recipient)]
    [InlineData(450, "5.1.1", "User unknown", ReplyReason.UnknownUser, false, ReplyAbout.Recipient)]
    [InlineData(550, "5.1.10", "", ReplyReason.BadDomain, true, ReplyAbout.Recipient)]
    [InlineData(451, "4.7.1", "Greylisted, please try again in 300 seconds", ReplyReason.Greylisted, false, ReplyAbout.Receiver)]
    [InlineData(552, "5.3.4", "", ReplyReason.Size, false, ReplyAbout.Tenant)]
    [InlineData(550, "", "quite unheard of", ReplyReason.Other, false, ReplyAbout.Receiver)]
    [InlineData(550, "5.7.1", "", ReplyReason.Policy, false, ReplyAbout.Receiver)]
    [InlineData(0, "", "connect: connection refused", ReplyReason.Network, false, ReplyAbout.Receiver)]
    [InlineData(0, "5.1.1", "", ReplyReason.UnknownUser, true, ReplyAbout.Recipient)]
    [InlineData(0, "4.1.1", "", ReplyReason.UnknownUser, false, ReplyAbout.Recipient)]
    [InlineData(250, "2.0.0", "OK", ReplyReason.None, false, ReplyAbout.Receiver)]
    public void Classify_known_replies_and_their_traps(int code, string enhanced, string text, ReplyReason reason, bool hard, ReplyAbout about)
    {
        var c = ReplyClassifier.Classify(code, enhanced, text);

        Assert.Equal((reason, hard, about), (c.Reason, c.Hard, c.About));
        Assert.NotEmpty(c.Rule);
    }

    [Fact]
    public void Classify_reply_of_several_lines_reads_across_its_repeated_codes()
    {
        const string text = "550-5.2.1 The user you are trying to contact is receiving mail at\r\n550-5.2.1 a rate that prevents additional\r\n550 5.2.1 messages";

        Assert.Equal("recipient-rate", ReplyClassifier.Classify(550, "", text).Rule);
    }

    [Fact]
    public void Classify_code_in_the_text_is_found_only_at_its_start()
    {
        Assert.Equal("enhanced x.1.1", ReplyClassifier.Classify(550, "", "5.1.1 go away").Rule);
        Assert.Equal("code 550", ReplyClassifier.Classify(550, "", "go away 5.1.1").Rule);
    }

    [Fact]
    public void Classify_host_rule_needs_its_host()
    {
        Assert.Equal("comcast-rate", ReplyClassifier.Classify(421, "", "Try again RL000010", "mx1.COMCAST.net").Rule);
        Assert.NotEqual("comcast-rate", ReplyClassifier.Classify(421, "", "Try again RL000010", "mx1.example.net").Rule);
    }

    [Fact]
    public void Classify_words_beyond_the_kept_text_are_not_read() =>
        Assert.Equal("code 550", ReplyClassifier.Classify(550, "", new string('x', SmtpReply.MaxTextLength) + " user unknown").Rule);

    [Fact]
    public void Classify_transient_is_never_hard_whatever_is_said() =>
        Properties.Hold(
            from code in Gen.Choose(400, 499)
            from status in Gen.Elements("", "4.1.1", "5.1.1", "5.2.1", "5.1.10", "4.4.4")
            from words in Gen.Elements("user unknown", "no such domain", "mailbox disabled", "550 5.1.1 user unknown", "5.1.1 x", "\0\n", "")
            select (code, status, words),
            c => !ReplyClassifier.Classify(c.code, c.status, c.words).Hard);

    [Fact]
    public void Classify_any_input_gets_an_answer() =>
        Properties.Hold(
            from code in Gen.Choose(-5, 700)
            from status in Gen.Elements("", "5", "5..", "9.9.9", "5.1.1.1", "5.999.999", "5.1.٣")
            from words in Gen.Elements("-", "@", "<@", ">@<", "550-", "550,", "5.1.1-", "٣٣٣ x").ListOf(20)
            select (code, status, text: string.Join(' ', words)),
            c => ReplyClassifier.Classify(c.code, c.status, c.text).Rule.Length > 0);
}
