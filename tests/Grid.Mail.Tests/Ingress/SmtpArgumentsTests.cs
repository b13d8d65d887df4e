using System.Text;
using Grid.Mail.Ingress;

namespace Grid.Mail.Tests.Ingress;

public sealed class SmtpArgumentsTests
{
    [Theory]
    [InlineData("FROM:<a@x> SIZE=1 SIZE=2", "501 5.5.4")]
    [InlineData("FROM:<a@x> SIZE=-1", "501 5.5.4")]
    [InlineData("FROM:<a@x> SIZE=1x", "501 5.5.4")]
    [InlineData("FROM:<a@x> SIZE=", "501 5.5.4")]
    [InlineData("FROM:<a@x> SIZE=9999999999999999999", "501 5.5.4")]
    [InlineData("FROM:<a@x> SIZE=999999999999999999", "552 5.3.4")]
    [InlineData("FROM:<a@x> BODY=BINARYMIME", "501 5.5.4")]
    [InlineData("FROM:<a@x> SMTPUTF8=1", "501 5.5.4")]
    [InlineData("FROM:<a@x> RET=ALL", "501 5.5.4")]
    [InlineData("FROM:<a@x> ENVID=a+2b", "501 5.5.4")]
    [InlineData("FROM:<a@x> ENVID=", "501 5.5.4")]
    [InlineData("FROM:<a@x> ENVID=a=b", "501 5.5.4")]
    [InlineData("FROM:<a@x> ENVID=a ENVID=a", "501 5.5.4")]
    [InlineData("FROM:<a@x> RET=FULL RET=FULL", "501 5.5.4")]
    [InlineData("FROM:<a@x> X-OTHER=1", "555 5.5.4")]
    [InlineData("FROM:<a@x>SIZE=1", "501 5.5.4")]
    [InlineData("FROM:<a@x>  SIZE=1", "501 5.5.4")]
    [InlineData("FROM:<a@x> =1", "501 5.5.4")]
    [InlineData("FROM: <a@x>", "501 5.1.7")]
    [InlineData("FROM:<@r:a@x>", "501 5.1.7")]
    [InlineData("FROM:<jürgen@x>", "553 5.6.7")]
    [InlineData("TO:<a@x>", "501 5.5.4")]
    [InlineData("", "501 5.5.4")]
    public void ParseMail_unsound_isRefused(string text, string reply)
    {
        var refusal = SmtpArguments.ParseMail(Encoding.UTF8.GetBytes(text), 1000, false, out var envelope);
        Assert.Equal(reply, $"{refusal!.Code} {refusal.Enhanced}");
        Assert.Null(envelope);
    }

    [Theory]
    [InlineData("TO:<a@x> NOTIFY=NEVER,SUCCESS")]
    [InlineData("TO:<a@x> NOTIFY=SUCCESS,SUCCESS")]
    [InlineData("TO:<a@x> NOTIFY=NEVER NOTIFY=NEVER")]
    [InlineData("TO:<a@x> NOTIFY=,")]
    [InlineData("TO:<a@x> ORCPT=rfc822")]
    [InlineData("TO:<a@x> ORCPT=;a@x")]
    [InlineData("TO:<a@x> ORCPT=rfc822;a+zz")]
    [InlineData("TO:<a@x> ORCPT=rfc822;")]
    [InlineData("TO:<a@x> ORCPT=rfc 822;a@x")]
    [InlineData("TO:<a@x> ORCPT=rfc+822;a@x")]
    [InlineData("TO:<a@x> ORCPT=rfc822;a@x ORCPT=rfc822;a@x")]
    [InlineData("TO:<a@x> ORCPT=utf-8;jürgen@x")]
    [InlineData("TO:<a@x> NOTIFY=FAILURE,DELAY,SUCCESS,FAILURE")]
    [InlineData("TO:<a@x> NOTIFY=FAILURE,NEVER")]
    [InlineData("TO:<a@x> NOTIFY=")]
    [InlineData("TO:<a@x> NOTIFY=4")]
    [InlineData("TO:<>")]
    [InlineData("TO:a@x")]
    public void ParseRecipient_unsound_isRefused(string text)
    {
        var refusal = SmtpArguments.ParseRecipient(Encoding.UTF8.GetBytes(text), false, out var recipient);
        Assert.Equal(501, refusal!.Code);
        Assert.Null(recipient);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void ParseMail_envelopeId_isBounded(int length, bool isTaken)
    {
        var refusal = SmtpArguments.ParseMail(Encoding.ASCII.GetBytes("FROM:<a@x> RET=hdrs ENVID=" + new string('q', length)), 1000, false, out var envelope);
        Assert.Equal(isTaken, refusal is null);
        Assert.Equal(isTaken ? ("HDRS", length) : (null, null), (envelope?.Return, envelope?.EnvelopeId?.Length));
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public void ParseRecipient_originalRecipient_isBounded(int length, bool isTaken)
    {
        string given = ("rfc822;" + new string('q', length))[..length];
        var refusal = SmtpArguments.ParseRecipient(Encoding.ASCII.GetBytes("TO:<a@x> NOTIFY=delay,Success ORCPT=" + given), false, out var recipient);
        Assert.Equal(isTaken, refusal is null);
        Assert.Equal(isTaken ? new SmtpRecipient("a@x", "DELAY,SUCCESS", given) : null, recipient);
    }

    [Fact]
    public void ParseRecipient_originalRecipientBeyondAscii_goesOnAsAscii()
    {
        Assert.Null(SmtpArguments.ParseRecipient("TO:<jürgen@x> ORCPT=utf-8;jürgen@x"u8, true, out var recipient));
        Assert.Equal(@"utf-8;j\x{FC}rgen@x", recipient!.OriginalRecipient);
        Assert.NotNull(SmtpArguments.ParseRecipient([.. "TO:<a@x> ORCPT=utf-8;"u8, 0xC3, 0x28], true, out _));
    }

    [Fact]
    public void ParseMail_moreParametersThanTheBound_isRefused() => Assert.Equal(
        501,
        SmtpArguments.ParseMail(Encoding.ASCII.GetBytes("FROM:<a@x> " + string.Join(' ', Enumerable.Repeat("AUTH=<>", 11))), 1000, false, out _)!.Code);

    [Fact]
    public void ParseMail_trailingSpaces_areLetPass() => Assert.Null(SmtpArguments.ParseMail("FROM:<a@x>  "u8, 1000, false, out _));

    [Theory]
    [InlineData("FROM:<a@x> REQUIRETLS", true, true)]
    [InlineData("FROM:<a@x>", true, false)]
    [InlineData("FROM:<a@x> REQUIRETLS", false, null)]
    [InlineData("FROM:<a@x> REQUIRETLS REQUIRETLS", true, null)]
    [InlineData("FROM:<a@x> REQUIRETLS=1", true, null)]
    public void ParseMail_requireTls_isTakenWhereOffered(string text, bool offered, bool? expected)
    {
        Assert.Equal(expected is null, SmtpArguments.ParseMail(Encoding.ASCII.GetBytes(text), 1000, offered, out var envelope) is not null);
        Assert.Equal(expected, envelope?.RequireTls);
    }
}
