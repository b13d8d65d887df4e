namespace Grid.Mail.Sending;

/// <summary>How far a connection or a transaction got.</summary>
public enum SmtpFailureStage : byte
{
    /// <summary>Through: the receiver took the message for at least one recipient.</summary>
    None = 0,

    /// <summary>The receiver had not answered anything of this transaction when a connection that had worked before went away: not an attempt.</summary>
    NotAttempted = 1,

    /// <summary>We refused it ourselves: the receiver lacks an extension that the message needs, or takes no message of this size.</summary>
    Local = 2,

    /// <summary>No TCP connection.</summary>
    Connect = 3,

    /// <summary>The greeting was a refusal or did not come.</summary>
    Greeting = 4,

    /// <summary>EHLO and HELO failed.</summary>
    Ehlo = 5,

    /// <summary>TLS was required and isn't offered, was refused, or failed.</summary>
    Tls = 6,

    /// <summary>MAIL failed.</summary>
    Mail = 7,

    /// <summary>All recipients failed.</summary>
    Recipient = 8,

    /// <summary>DATA failed.</summary>
    Data = 9,

    /// <summary>The connection was lost, or refused, inside the message: it cannot have been accepted.</summary>
    Body = 10,

    /// <summary>The final dot was refused; with the connection lost instead, the receiver may or may not have the message.</summary>
    Dot = 11,
}
