using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Grid.Mail.Tests.Sending;

/// <summary>A receiver on loopback that answers as a test says, for one connection after another, and keeps what it was told.</summary>
public sealed class MailKitReceiver : IAsyncDisposable
{
    public const string Hangs = "HANG";
    public const string Closes = "CLOSE";
    public const string Offer = "250-receiver.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 100000";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<string, string?> _answer;
    private readonly Task _serving;

    /// <param name="answer">Reply to a command ("" is the connection, "." the end of the message); null: the usual one.</param>
    public MailKitReceiver(Func<string, string?>? answer = null)
    {
        _answer = answer ?? (_ => null);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public List<string> Commands { get; } = [];

    /// <summary>Messages as they stood on the wire, without dot-stuffing and final dot.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>Done when it has been asked something that it does not answer.</summary>
    public Task Hanging => _hanging.Task;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_end.Token);
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            try
            {
                await TalkAsync(client.GetStream(), reader);
            }
            catch (IOException)
            {
                // The client closed first.
            }
        }
    }

    private async Task TalkAsync(NetworkStream stream, StreamReader reader)
    {
        for (var command = (string?)""; command is not null; command = await reader.ReadLineAsync(_end.Token))
        {
            if (command.Length > 0)
            {
                Commands.Add(command);
            }

            var reply = _answer(command) ?? Usual(command);
            if (!await SayAsync(stream, reply))
            {
                return;
            }

            if (reply.StartsWith("354", StringComparison.Ordinal))
            {
                Messages.Add(await ReadMessageAsync(reader));
                if (!await SayAsync(stream, _answer(".") ?? "250 2.0.0 taken as 1"))
                {
                    return;
                }
            }
        }
    }

    private async Task<bool> SayAsync(NetworkStream stream, string reply)
    {
        if (reply == Hangs)
        {
            _hanging.TrySetResult();
            await Task.Delay(Timeout.Infinite, _end.Token);
        }

        if (reply == Closes)
        {
            return false;
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(reply + "\r\n"), _end.Token);
        return !reply.StartsWith("421", StringComparison.Ordinal);
    }

    private async Task<string> ReadMessageAsync(StreamReader reader)
    {
        var message = new StringBuilder();
        while (await reader.ReadLineAsync(_end.Token) is { } line && line != ".")
        {
            message.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return message.ToString();
    }

    private static string Usual(string command) => command.Split(' ', ':')[0] switch
    {
        "" => "220 receiver.example",
        "EHLO" => Offer,
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 2.1.0 ok",
    };
}
