using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Grid.System.Tests.Beds;

/// <summary>One connection to a <see cref="RecordingReceiver"/>. Replies to a pipelined group leave together.</summary>
internal sealed class ReceiverSession(RecordingReceiver receiver, TcpClient client)
{
    private readonly NetworkStream _stream = client.GetStream();
    private readonly IPAddress _peer = ((IPEndPoint)client.Client.RemoteEndPoint!).Address;
    private readonly MemoryStream _replies = new();
    private readonly List<string> _recipients = [];
    private string? _sender;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = cancellationToken.Register(client.Close);
        try
        {
            using (client)
            {
                await ConverseAsync(new WireLines(_stream), cancellationToken);
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The sender went away, or the test is over; what was received whole is kept.
        }
    }

    private async Task ConverseAsync(WireLines lines, CancellationToken cancellationToken)
    {
        Say(await receiver.Script("CONNECT", "", _peer) ?? "220 receiver.example ESMTP");
        await FlushAsync(cancellationToken);
        while (await lines.ReadAsync(cancellationToken) is { } line)
        {
            var text = Encoding.UTF8.GetString(line.Span).TrimEnd('\r', '\n');
            var verb = text.Split(' ')[0].ToUpperInvariant();
            var argument = text[verb.Length..].Trim();
            if (verb is "MAIL" or "RCPT")
            {
                argument = Path(argument);
            }

            var own = await receiver.Script(verb, argument, _peer);
            if (verb == "DATA" && own is null && _recipients.Count > 0)
            {
                Say("354 go on");
                await FlushAsync(cancellationToken);
                if (await ReadDataAsync(lines, cancellationToken) is not { } data)
                {
                    return;
                }

                Say(await EndAsync(data));
            }
            else
            {
                Say(Answer(verb, argument, own));
            }

            if (!lines.HasMore || verb == "QUIT")
            {
                await FlushAsync(cancellationToken);
            }

            if (verb == "QUIT")
            {
                return;
            }
        }
    }

    private string Answer(string verb, string argument, string? own)
    {
        switch (verb)
        {
            case "EHLO" or "HELO":
                return own ?? "250-receiver.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE 52428800";
            case "MAIL":
                own ??= "250 2.1.0 ok";
                _sender = own.StartsWith('2') ? argument : null;
                _recipients.Clear();
                return own;
            case "RCPT":
                own ??= _sender is null ? "503 5.5.1 no sender" : "250 2.1.5 ok";
                if (own.StartsWith('2'))
                {
                    _recipients.Add(argument);
                }

                return own;
            case "DATA":
                return own ?? "503 5.5.1 no recipients";
            case "QUIT":
                return own ?? "221 2.0.0 bye";
            default:
                return own ?? "250 2.0.0 ok";
        }
    }

    private async ValueTask<string> EndAsync(byte[] data)
    {
        var at = receiver.Now;
        var answer = await receiver.Script("END", "", _peer) ?? "250 2.0.0 ok";
        if (answer.StartsWith('2'))
        {
            receiver.Keep(new(at, _sender ?? "", [.. _recipients], data, _peer));
        }

        _sender = null;
        _recipients.Clear();
        return answer;
    }

    private static async ValueTask<byte[]?> ReadDataAsync(WireLines lines, CancellationToken cancellationToken)
    {
        using var data = new MemoryStream();
        while (await lines.ReadAsync(cancellationToken) is { } line)
        {
            if (line.Span.SequenceEqual(".\r\n"u8))
            {
                return data.ToArray();
            }

            data.Write(line.Span[0] == '.' ? line.Span[1..] : line.Span);
        }

        return null;
    }

    private static string Path(string argument)
    {
        var (from, to) = (argument.IndexOf('<', StringComparison.Ordinal), argument.LastIndexOf('>'));
        return from >= 0 && to > from ? argument[(from + 1)..to] : argument;
    }

    private void Say(string reply)
    {
        _replies.Write(Encoding.UTF8.GetBytes(reply));
        _replies.Write("\r\n"u8);
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(_replies.ToArray(), cancellationToken);
        _replies.SetLength(0);
    }
}
