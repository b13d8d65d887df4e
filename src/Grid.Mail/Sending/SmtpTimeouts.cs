namespace Grid.Mail.Sending;

/// <summary>How long the client waits for each step; defaults are the minima of RFC 5321, 4.5.3.2.</summary>
public sealed record SmtpTimeouts
{
    /// <summary>The defaults.</summary>
    public static readonly SmtpTimeouts Default = new();

    /// <summary>TCP connection to one endpoint; 30 s.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The 220 greeting; 5 min.</summary>
    public TimeSpan Greeting { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>EHLO, HELO and RSET; 5 min.</summary>
    public TimeSpan Ehlo { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>STARTTLS and the handshake together; 2 min.</summary>
    public TimeSpan Tls { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>MAIL; 5 min.</summary>
    public TimeSpan Mail { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Each RCPT; 5 min.</summary>
    public TimeSpan Recipient { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>DATA until 354; 2 min.</summary>
    public TimeSpan Data { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Each block of 64 KiB that is sent; 3 min.</summary>
    public TimeSpan Block { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The reply to the final dot; 10 min. A shorter time makes duplicates.</summary>
    public TimeSpan Dot { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>QUIT; 5 s, as nothing depends on it.</summary>
    public TimeSpan Quit { get; init; } = TimeSpan.FromSeconds(5);
}
