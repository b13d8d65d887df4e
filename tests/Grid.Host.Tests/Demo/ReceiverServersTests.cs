using System.Net;
using System.Text;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Demo;
using Grid.Host.Demo.Receivers;
using Grid.Mail.Dns;
using Grid.Mail.Sending;

namespace Grid.Host.Tests.Demo;

public sealed class ReceiverServersTests
{
    [Fact]
    public async Task Servers_take_mail_over_smtp_and_pass_complaints_on()
    {
        var complaints = new List<Complaint>();
        var yahoo = new YahooLike("y.example", ReceiverScene.Book("yahoo"), complaints.Add);
        await using var servers = await ReceiverServers.StartAsync([yahoo], TimeProvider.System, new ReceiverLog(new Journal(TimeProvider.System)));
        var endPoint = Assert.Single(servers.Routes).EndPoint;
        var opened = await new SmtpTransport(SmtpTimeouts.Default, new(new DnsResolver(new() { Servers = [] }, TimeProvider.System), new() { OwnName = "mta.example" }, TimeProvider.System), TimeProvider.System)
            .OpenAsync(new("y.example", "127.0.0.1", endPoint.Port, TlsMode.None), "127.0.0.2", "mta.example", null, TestContext.Current.CancellationToken);

        var result = await opened.Connection!.DeliverAsync(
            new MailTransaction
            {
                ReturnPath = "b+token@bounces.example",
                Recipients = ["mia@y.example", "gone.noah@y.example", "angry.ida@y.example"],
                Body = Encoding.ASCII.GetBytes("Subject: hi\r\n\r\nhello\r\n"),
                EightBit = false,
                Utf8 = false,
            },
            () => null,
            _ => { },
            TestContext.Current.CancellationToken);

        Assert.Equal([true, false, true], result.Replies.Select(reply => reply.IsPositive));
        var complaint = Assert.Single(complaints);
        Assert.Equal(("b+token@bounces.example", "angry.ida@y.example", "127.0.0.2"), (complaint.ReturnPath, complaint.Recipient, complaint.SourceIp.ToString()));
        await opened.Connection!.QuitAsync();
    }
}
