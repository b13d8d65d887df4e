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
    [InlineData("TO:<>")]
    [InlineData("TO:a@x")]
    public void ParseRecipient_unsound_isRefused(string text)
    {
        var refusal = SmtpArguments.ParseRecipient(Encoding.UTF8.GetBytes(text), false, out var recipient);
        Assert.Equal(501, refusal!.Code);
        Assert.Null(recipient);
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
