using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Grid.Mail.Mime;

namespace Grid.Host.Tests.Whole;

/// <summary>Reads what the grid itself writes to people.</summary>
internal static partial class PlatformMails
{
    /// <summary>The next mail to an address, decoded: subject and text.</summary>
    public static async Task<(string Subject, string Text)> MailToAsync(this HostFixture host, string address)
    {
        var message = MessageReader.Read(Encoding.Latin1.GetBytes((await host.ReceivedAsync(address)).Data));
        return (message.Header("Subject")?.Text ?? "", message.Text().ReplaceLineEndings("\n"));
    }

    /// <summary>Has an address confirmed, as its reader would.</summary>
    public static async Task ConfirmAsync(this HostFixture host, string path, string address, string key)
    {
        var asked = await host.CallAsync(HttpMethod.Post, path + "/addresses", new { address }, key);
        Assert.Equal(HttpStatusCode.Accepted, asked.Status);
        var link = Link().Match((await host.MailToAsync(address)).Text).Value;
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Get, link, key: null)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, link, key: null)).Status);
    }

    [GeneratedRegex("/address/[A-Za-z0-9_-]+")]
    private static partial Regex Link();
}
