using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Testing;

/// <summary>One connection to a scripted receiver.</summary>
public sealed class ScriptedConnection(ScriptedTransport transport, string site, string ip) : IMailConnection
{
    private bool _closed;

    /// <summary>Receiving site.</summary>
    public string Site { get; } = site;

    /// <summary>Sending IP.</summary>
    public string Ip { get; } = ip;

    /// <summary>Transactions so far.</summary>
    public int Transactions { get; private set; }

    /// <inheritdoc />
    public bool IsUsable { get; private set; } = true;

    /// <inheritdoc />
    public async ValueTask<TransactionResult> DeliverAsync(MailTransaction transaction, Func<MailTransaction?>? next, Action<MailTransaction>? accepted, CancellationToken cancellationToken)
    {
        Transactions++;
        transport.Begun.Enqueue(transaction);
        var following = transport.Pipelines ? next?.Invoke() : null;
        var answer = await transport.Delivering(this, transaction);
        IsUsable &= !answer.Closes;
        SmtpReply[] replies = [.. transaction.Recipients.Select((_, i) => answer.Replies.Count == 0 ? new(250, "2.0.0", "ok") : answer.Replies[Math.Min(i, answer.Replies.Count - 1)])];
        if (answer.Attempted && replies.Any(r => r.IsPositive))
        {
            transaction.Refusals = replies.All(r => r.IsPositive) ? null : [.. replies.Select(r => r.IsPositive ? null : r)];
            accepted?.Invoke(transaction);
            for (var i = 0; i < replies.Length; i++)
            {
                if (replies[i].IsPositive)
                {
                    transport.Accepted.Enqueue(transaction.Recipients[i]);
                }
            }
        }

        return new(replies, answer.Attempted, following is not null && answer.Closes) { Answered = answer.Answered };
    }

    /// <inheritdoc />
    public ValueTask QuitAsync()
    {
        IsUsable = false;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        if (!_closed)
        {
            _closed = true;
            transport.Closed();
        }

        return ValueTask.CompletedTask;
    }
}
