using System.Net.Sockets;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using MailKit.Net.Smtp;
using MimeKit;

namespace Grid.Mail.Sending;

/// <summary>MailKit's client as the senders know a connection. A refused command leaves it good; a lost connection, a time-out or a 421 ends it.</summary>
internal sealed class MailKitConnection(MailKitClient client, Socket socket, SmtpTimeouts timeouts, TimeProvider clock) : IMailConnection
{
    private const int BlockBytes = 64 * 1024;

    private static readonly SmtpReply NoMessage = new(554, "5.6.0", "The message has no header to begin with");
    private static readonly SmtpReply NoAddress = new(553, "5.1.3", "MailKit's client can't write this address");
    private static readonly SmtpReply Ok = new(250, "", "");

    private bool _closing;

    public TlsFacts? Tls => client.IsSecure ? client.Peer.Facts(client.SslProtocol, client.SslCipherSuite?.ToString() ?? "") : null;

    public bool IsUsable => !_closing && client.IsConnected;

    public async ValueTask<TransactionResult> DeliverAsync(
        MailTransaction transaction, Func<MailTransaction?>? next, Action<MailTransaction>? accepted, CancellationToken cancellationToken)
    {
        if (IsClosed())
        {
            _closing = true;
            return new([], Attempted: false, NextAbandoned: false);
        }

        var own = new SmtpTransaction(transaction.ReturnPath, transaction.Recipients, transaction.Body, transaction.EightBit, transaction.Utf8) { RequireTls = transaction.RequireTls };
        if (client.Extensions.RefusalOf(own) is { } refusal)
            return All(own, refusal);

        if (MailKitMessage.Of(own.Body, own.EightBit) is not { } message)
            return All(own, NoMessage);

        var recipients = own.Recipients.Select(Mailbox).ToArray();
        if (Mailbox(own.ReturnPath) is not { } sender || Array.TrueForAll(recipients, r => r is null))
            return All(own, NoAddress);

        client.Begin();
        client.Accepted = () =>
        {
            transaction.Refusals = Array.Exists(recipients, r => Refusal(r) is not null) ? Array.ConvertAll(recipients, Refusal) : null;
            accepted?.Invoke(transaction);
        };
        return await SendAsync(message, sender, recipients, own, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask QuitAsync()
    {
        using var patience = new MailKitPatience(clock, CancellationToken.None);
        try
        {
            await client.DisconnectAsync(quit: true, patience.Within(timeouts.Quit)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The receiver closed first; all that QUIT asks for.
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        _closing = true;
        client.Dispose();
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<TransactionResult> SendAsync(MimeMessage message, MailboxAddress sender, MailboxAddress?[] recipients, SmtpTransaction own, CancellationToken cancellationToken)
    {
        // Without International MailKit would ask for SMTPUTF8 only where an address needs it, not where a header does.
        var format = FormatOptions.Default.Clone();
        format.International = own.Utf8;
        var time = timeouts.Mail + (timeouts.Recipient * recipients.Length) + timeouts.Data + (timeouts.Block * (1 + (own.Body.Length / BlockBytes))) + timeouts.Dot;
        using var patience = new MailKitPatience(clock, cancellationToken);
        try
        {
            var words = await client.SendAsync(format, message, sender, recipients.OfType<MailboxAddress>(), patience.Within(time)).ConfigureAwait(false);
            var taken = MailKitReplies.Of(Ok.Code, words);
            return new(Array.ConvertAll(recipients, r => Refusal(r) ?? taken), Attempted: true, NextAbandoned: false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            if (!client.IsConnected && !client.HasAnswer && client.Taken > 0)
                return new([], Attempted: false, NextAbandoned: false);

            var reply = MailKitReplies.Of(e, patience.IsOver, "the connection was lost");
            _closing |= reply.Code is 0 or 421;
            bool none = e is SmtpCommandException { ErrorCode: SmtpErrorCode.MessageNotAccepted } && Array.TrueForAll(recipients, r => Refusal(r) is not null);
            return new(Array.ConvertAll(recipients, r => none ? Refusal(r)! : own.Recipients.Count > 1 ? Refusal(r) ?? reply : reply), Attempted: true, NextAbandoned: false);
        }
    }

    /// <summary>An idle connection that has something to say is being closed.</summary>
    private bool IsClosed()
    {
        try
        {
            return !IsUsable || socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    private SmtpReply? Refusal(MailboxAddress? recipient) => recipient is null ? NoAddress : client.RefusalOf(recipient);

    private static MailboxAddress? Mailbox(string address)
    {
        try
        {
            return new(null, address);
        }
        catch (ParseException)
        {
            return null;
        }
    }

    private static TransactionResult All(SmtpTransaction transaction, SmtpReply reply)
    {
        var replies = new SmtpReply[transaction.Recipients.Count];
        Array.Fill(replies, reply);
        return new(replies, Attempted: true, NextAbandoned: false);
    }
}
