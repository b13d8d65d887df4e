using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Grid.Host.Tests.Whole;

/// <summary>A client that speaks SMTP line by line.</summary>
internal sealed class SmtpDialogue : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpClient _client = new(AddressFamily.InterNetwork);
    private StreamReader? _reader;

    public static async Task<SmtpDialogue> OpenAsync(int port, string? from = null)
    {
        var dialogue = new SmtpDialogue();
        if (from is not null)
        {
            dialogue._client.Client.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        }

        await dialogue._client.ConnectAsync(IPAddress.Loopback, port);
        dialogue._reader = new(dialogue._client.GetStream(), Encoding.Latin1);
        await dialogue.ReplyAsync();
        await dialogue.SayAsync("EHLO client.example");
        return dialogue;
    }

    public Task<string> SignInAsync(string user, string password) =>
        SayAsync("AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{password}")));

    /// <summary>The reply to one RCPT, in a transaction of its own.</summary>
    public async Task<string> RecipientAsync(string address)
    {
        await SayAsync("MAIL FROM:<>");
        var reply = await SayAsync($"RCPT TO:<{address}>");
        await SayAsync("RSET");
        return reply;
    }

    /// <summary>The reply to a whole message, or to what refused it before.</summary>
    public async Task<string> MessageAsync(string to, string message, string from = "")
    {
        await SayAsync($"MAIL FROM:<{from}>");
        var recipient = await SayAsync($"RCPT TO:<{to}>");
        if (!recipient.StartsWith("250", StringComparison.Ordinal))
        {
            return recipient;
        }

        await SayAsync("DATA");
        return await SayAsync(message + ".");
    }

    /// <summary>The reply to a whole message with parameters; paths are given in their angle brackets.</summary>
    public async Task<string> MessageAsync(string sender, IEnumerable<string> recipients, string message)
    {
        Assert.StartsWith("250", await SayAsync("MAIL FROM:" + sender), StringComparison.Ordinal);
        foreach (var recipient in recipients)
        {
            Assert.StartsWith("250", await SayAsync("RCPT TO:" + recipient), StringComparison.Ordinal);
        }

        await SayAsync("DATA");
        return await SayAsync(message + ".");
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> SayAsync(string line)
    {
        await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"));
        return await ReplyAsync();
    }

    /// <summary>The last line of a reply; of one over several lines the words are joined.</summary>
    private async Task<string> ReplyAsync()
    {
        var words = new StringBuilder();
        while (true)
        {
            var line = await _reader!.ReadLineAsync().WaitAsync(Patience) ?? throw new IOException("the server closed");
            words.Append(words.Length == 0 ? line : line[4..]);
            if (line.Length < 4 || line[3] == ' ')
            {
                return words.Length > 3 && words[3] == '-' ? words.Replace('-', ' ', 3, 1).ToString() : words.ToString();
            }
        }
    }
}
