using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>One connection to a receiver, for one transaction after another.</summary>
public interface IMailConnection : IAsyncDisposable
{
    /// <summary>False once the protocol failed or the receiver closed.</summary>
    bool IsUsable { get; }

    /// <summary>Passes on what a sender wants to hear: the receiver offers DSN (RFC 3461).</summary>
    bool PassesDsn => false;

    /// <summary>What TLS it runs on; null: none.</summary>
    TlsFacts? Tls => null;

    /// <summary>
    /// Delivers. <paramref name="next"/> is asked when the body is about to be written; what it returns begins in the same write,
    /// and must be the next transaction given here, unless the result says that it was abandoned.
    /// <paramref name="accepted"/> is called the instant the receiver's 250 was read.
    /// </summary>
    ValueTask<TransactionResult> DeliverAsync(MailTransaction transaction, Func<MailTransaction?>? next, Action<MailTransaction>? accepted, CancellationToken cancellationToken);

    /// <summary>Says goodbye; never throws.</summary>
    ValueTask QuitAsync();
}
