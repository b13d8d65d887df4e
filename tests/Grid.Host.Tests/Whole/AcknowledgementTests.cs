using System.Text.RegularExpressions;

namespace Grid.Host.Tests.Whole;

/// <summary>Who writes to the abuse desk gets an answer, and nobody else ever does.</summary>
public sealed partial class AcknowledgementTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Signed_letter_is_answered_with_its_case_and_none_of_its_words()
    {
        var reply = await WriteAsync("ann@writer.example", "Message-ID: <1@writer.example>\r\nX-Test-Signed: writer.example\r\n");

        var answer = await AnswerAsync();

        Assert.Equal(["ann@writer.example"], answer.Recipients);
        var number = CaseNumber().Match(reply).Groups[1].Value;
        Assert.NotEqual("", number);
        foreach (var line in (string[])[$"Subject: Your report is case {number}\r\n", "From: Grid <postmaster@bounces.localhost>\r\n", "Auto-Submitted: auto-replied\r\n", "In-Reply-To: <1@writer.example>\r\n"])
        {
            Assert.Contains(line, answer.Data, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("buy this", answer.Data, StringComparison.Ordinal);
        Assert.DoesNotContain("List-Unsubscribe", answer.Data, StringComparison.Ordinal);

        // One an hour: the second letter is a case too, and gets no answer.
        Assert.Matches(CaseNumber(), await WriteAsync("ann@writer.example", "X-Test-Signed: writer.example\r\n"));
        await NextIsOfAsync("after-ann");
    }

    [Theory]
    [InlineData("unsigned", "", null)]
    [InlineData("other", "X-Test-Signed: evil.example\r\n", null)]
    [InlineData("tld", "X-Test-Signed: example\r\n", null)]
    [InlineData("away", "X-Test-Signed: away\r\n", null)]
    [InlineData("generated", "X-Test-Signed: writer.example\r\nAuto-Submitted: auto-generated\r\n", null)]
    [InlineData("listed", "X-Test-Signed: writer.example\r\nList-Id: <l.writer.example>\r\n", null)]
    [InlineData("bulk", "X-Test-Signed: writer.example\r\nPrecedence: bulk\r\n", null)]
    [InlineData("null", "X-Test-Signed: writer.example\r\n", "")]
    [InlineData("forged", "X-Test-Signed: writer.example\r\n", "eve@writer.example")]
    [InlineData("no-reply", "X-Test-Signed: writer.example\r\n", null)]
    [InlineData("two@writer.example>, <eve", "X-Test-Signed: writer.example\r\n", "two@writer.example")]
    public async Task Letter_that_may_be_somebody_elses_or_a_programs_opens_a_case_and_gets_no_answer(string who, string headers, string? envelope)
    {
        var address = who + "@writer.example";

        Assert.Matches(CaseNumber(), await WriteAsync(address, headers, envelope));

        await NextIsOfAsync("after-" + Uri.EscapeDataString(who).Replace('%', 'x'));
    }

    [Fact]
    public async Task Letter_in_our_own_name_gets_no_answer()
    {
        await WriteAsync("abuse@bounces.localhost", "X-Test-Signed: bounces.localhost\r\n");

        await NextIsOfAsync("after-own");
    }

    [Fact]
    public async Task Letter_that_was_written_to_somebody_else_and_is_sent_on_gets_no_answer()
    {
        await WriteAsync("bob@writer.example", "X-Test-Signed: writer.example\r\n", to: "friend@elsewhere.example");

        await NextIsOfAsync("after-bob");
    }

    /// <summary>The next mail that leaves is the answer to another letter.</summary>
    private async Task NextIsOfAsync(string who)
    {
        await WriteAsync($"{who}@writer.example", "X-Test-Signed: writer.example\r\n");
        Assert.Equal([$"{who}@writer.example"], (await AnswerAsync()).Recipients);
    }

    private Task<ReceivedMessage> AnswerAsync() => host.ReceivedAsync();

    private async Task<string> WriteAsync(string from, string headers, string? envelope = null, string to = "abuse@bounces.localhost")
    {
        using var smtp = await SmtpDialogue.OpenAsync(host.InboundPort, "127.0.4.1");
        return await smtp.MessageAsync("abuse@bounces.localhost", $"From: <{from}>\r\nTo: <{to}>\r\nSubject: spam\r\n{headers}\r\nThey wrote: buy this\r\n", envelope ?? from);
    }

    [GeneratedRegex("case ([0-9]+)$")]
    private static partial Regex CaseNumber();
}
