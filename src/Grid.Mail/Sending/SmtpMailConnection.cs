using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>The SMTP client as the senders know a connection.</summary>
internal sealed class SmtpMailConnection(SmtpClientConnection connection) : IMailConnection
{
    private SmtpTransaction? _begun;

    public TlsFacts? Tls { get; } = connection.Tls;

    public bool IsUsable => connection.IsUsable;

    public bool PassesDsn => connection.Extensions.Dsn;

    public async ValueTask<TransactionResult> DeliverAsync(
        MailTransaction transaction, Func<MailTransaction?>? next, Action<MailTransaction>? accepted, CancellationToken cancellationToken)
    {
        if (_begun is null && !connection.ProbeIdle())
        {
            return new([], Attempted: false, NextAbandoned: false);
        }

        var own = _begun is { } begun && ReferenceEquals(begun.State, transaction) ? begun : Own(transaction);
        _begun = null;
        var result = await connection.DeliverAsync(
            own,
            next is null ? null : () => _begun = next() is { } following ? Own(following) : null,
            accepted is null ? null : taken =>
            {
                var reached = (MailTransaction)taken.State!;
                reached.Refusals = taken.Refusals;
                accepted(reached);
            },
            cancellationToken).ConfigureAwait(false);
        if (result.Next == SmtpNext.Abandoned)
        {
            _begun = null;
        }

        return new(result.Recipients, result.Stage != SmtpFailureStage.NotAttempted, result.Next == SmtpNext.Abandoned) { Answered = result.Answered };
    }

    public ValueTask QuitAsync() => connection.QuitAsync();

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static SmtpTransaction Own(MailTransaction transaction) =>
        new(transaction.ReturnPath, transaction.Recipients, transaction.Body, transaction.EightBit, transaction.Utf8, transaction) { RequireTls = transaction.RequireTls, Dsn = transaction.Dsn };
}
