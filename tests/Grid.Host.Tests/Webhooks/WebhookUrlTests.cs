using Grid.Host.Options;
using Grid.Host.Webhooks;

namespace Grid.Host.Tests.Webhooks;

public sealed class WebhookUrlTests
{
    [Theory]
    [InlineData("http://hooks.example.com/")]
    [InlineData("ftp://hooks.example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://hooks.example.com/")]
    [InlineData("https://")]
    [InlineData("//hooks.example.com/")]
    [InlineData("https://localhost/")]
    [InlineData("https://LOCALHOST./")]
    [InlineData("https://a.localhost/")]
    [InlineData("https://metadata.google.internal/")]
    [InlineData("https://intranet/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.0.0.1./")]
    [InlineData("https://127.0.0.1..:8443/")]
    [InlineData("https://hooks.example.0x7f/")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://0x7f.0.0.1/")]
    [InlineData("https://134744072/")]
    [InlineData("https://%31%32%37.0.0.1/")]
    [InlineData("https://①②⑦.0.0.1/")]
    [InlineData("https://127。0。0。1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://[fe80::1%25eth0]/")]
    [InlineData("https://[fd00:ec2::254]/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("https://user:password@hooks.example.com/")]
    [InlineData("https://hooks.example.com@127.0.0.1/")]
    [InlineData("https://hooks.example.com\\@127.0.0.1/")]
    [InlineData("https://hooks.example.com/#fragment")]
    [InlineData("https://hooks.example.com/ x")]
    [InlineData("https://hooks.example.com/\r\nX: y")]
    [InlineData("https://hooks.example.com:25/")]
    [InlineData("https://hooks.example.com:22/")]
    [InlineData("https://hooks.example.com:0/")]
    [InlineData("")]
    [InlineData(null)]
    public void Read_what_leads_elsewhere_is_refused(string? url) => Assert.NotNull(WebhookUrl.Read(url, WebhookOptions.Default).Fault);

    [Theory]
    [InlineData("https://hooks.example.com/a?b=c")]
    [InlineData("https://hooks.example.com:8443/")]
    [InlineData("https://HOOKS.example.com")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://[2606:4700::1111]/")]
    public void Read_what_is_public_is_taken(string url) => Assert.Null(WebhookUrl.Read(url, WebhookOptions.Default).Fault);

    [Fact]
    public void Read_the_operator_may_allow_http_and_private_addresses()
    {
        Assert.Null(WebhookUrl.Read("http://hooks.example.com/", WebhookOptions.Default with { AllowHttp = true }).Fault);
        Assert.Null(WebhookUrl.Read("https://127.0.0.1:25/", WebhookOptions.Default with { AllowPrivate = true }).Fault);
        Assert.NotNull(WebhookUrl.Read("http://127.0.0.1/", WebhookOptions.Default with { AllowPrivate = true }).Fault);
        Assert.NotNull(WebhookUrl.Read("https://0.0.0.0/", WebhookOptions.Default with { AllowPrivate = true }).Fault);
    }

    [Theory]
    [InlineData(2000, true)]
    [InlineData(2001, false)]
    public void Read_length_is_bounded(int length, bool taken) =>
        Assert.Equal(taken, WebhookUrl.Read("https://hooks.example.com/".PadRight(length, 'a'), WebhookOptions.Default).Fault is null);
}
