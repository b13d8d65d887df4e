namespace Grid.Mail.Sending;

/// <summary>What became of the transaction that <c>next</c> handed out.</summary>
public enum SmtpNext : byte
{
    /// <summary>None was asked for, or none given.</summary>
    None = 0,

    /// <summary>It is the connection's now and must be delivered next.</summary>
    Begun = 1,

    /// <summary>The connection is gone and nothing of it was answered: requeue it without counting an attempt.</summary>
    Abandoned = 2,
}
