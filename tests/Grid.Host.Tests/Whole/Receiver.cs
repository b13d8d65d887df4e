using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Grid.Host.Tests.Whole;

/// <summary>A receiving mail server that accepts everything but what is for <see cref="Blocked"/> names, one command a line, without extensions.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    /// <summary>Recipients that begin so are refused for the sending IP's reputation.</summary>
    public const string Blocked = "blocked";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<ReceivedMessage> _messages = Channel.CreateUnbounded<ReceivedMessage>();
    private readonly ConcurrentBag<Task> _sessions = [];
    private readonly Task _accepting;

    public Receiver()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The next message that arrives.</summary>
    public ValueTask<ReceivedMessage> NextAsync(CancellationToken cancellationToken) => _messages.Reader.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_sessions).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _sessions.Add(ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 receiver ESMTP");
        var (sender, recipients) = ("", new List<string>());
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "MAIL":
                    (sender, recipients) = (Address(line), []);
                    break;
                case "RCPT" when Address(line).StartsWith(Blocked, StringComparison.Ordinal):
                    await writer.WriteLineAsync("550 5.7.25 mail from your address is refused");
                    continue;
                case "RCPT":
                    recipients.Add(Address(line));
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    _messages.Writer.TryWrite(new(sender, recipients, await ReadDataAsync(reader)));
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
            }

            await writer.WriteLineAsync("250 2.0.0 ok");
        }
    }

    private static string Address(string line) => line[(line.IndexOf('<') + 1)..line.IndexOf('>')];

    private async Task<string> ReadDataAsync(StreamReader reader)
    {
        var data = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line and not ".")
        {
            data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return data.ToString();
    }
}
