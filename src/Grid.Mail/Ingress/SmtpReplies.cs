namespace Grid.Mail.Ingress;

/// <summary>The listeners' own replies.</summary>
internal static class SmtpReplies
{
    public static readonly SmtpServerReply MailOk = new(250, "2.1.0", "Ok");
    public static readonly SmtpServerReply RecipientOk = new(250, "2.1.5", "Ok");
    public static readonly SmtpServerReply Ok = new(250, "2.0.0", "Ok");
    public static readonly SmtpServerReply ChunkOk = new(250, "2.0.0", "Chunk received");
    public static readonly SmtpServerReply GoAhead = new(354, "", "End data with <CR><LF>.<CR><LF>");
    public static readonly SmtpServerReply Bye = new(221, "2.0.0", "Bye");
    public static readonly SmtpServerReply TlsReady = new(220, "2.0.0", "Ready to start TLS");
    public static readonly SmtpServerReply SignedIn = new(235, "2.7.0", "Authentication successful");
    public static readonly SmtpServerReply Verify = new(252, "2.1.5", "Addresses are not verified; send some mail, it will be tried");
    public static readonly SmtpServerReply Expand = new(502, "5.5.1", "Lists are not expanded");
    public static readonly SmtpServerReply Help = new(214, "2.0.0", "RFC 5321; commands EHLO HELO MAIL RCPT DATA BDAT RSET NOOP VRFY AUTH STARTTLS QUIT");

    public static readonly SmtpServerReply UnknownCommand = new(500, "5.5.2", "Command not recognized");
    public static readonly SmtpServerReply NoArguments = new(501, "5.5.4", "This command takes no argument");
    public static readonly SmtpServerReply LineTooLong = new(500, "5.5.2", "Line too long");
    public static readonly SmtpServerReply BadLine = new(500, "5.5.2", "A line must end in CR LF and hold no other CR or LF and no NUL; closing");
    public static readonly SmtpServerReply BadHelo = new(501, "5.5.4", "Syntax: EHLO hostname");
    public static readonly SmtpServerReply HeloFirst = new(503, "5.5.1", "Say EHLO first");
    public static readonly SmtpServerReply MailFirst = new(503, "5.5.1", "Say MAIL first");
    public static readonly SmtpServerReply NestedMail = new(503, "5.5.1", "A transaction is open; RSET ends it");
    public static readonly SmtpServerReply NoRecipients = new(554, "5.5.1", "No valid recipients");
    public static readonly SmtpServerReply MixedData = new(503, "5.5.1", "BDAT has begun this message; only BDAT or RSET may follow");
    public static readonly SmtpServerReply OutOfStep = new(503, "5.5.1", "Commands may not be sent ahead here; wait for the reply; closing");
    public static readonly SmtpServerReply EarlyData = new(554, "5.5.0", "The message was sent before 354; closing");
    public static readonly SmtpServerReply EarlyTls = new(554, "5.5.0", "Plaintext followed STARTTLS; closing");
    public static readonly SmtpServerReply TooManyRecipients = new(452, "4.5.3", "Too many recipients; send the rest in another transaction");
    public static readonly SmtpServerReply AuthRequired = new(530, "5.7.0", "Authentication required");
    public static readonly SmtpServerReply BadChunk = new(501, "5.5.4", "Syntax: BDAT size [LAST]");

    public static readonly SmtpServerReply GateFailed = new(451, "4.3.0", "The message cannot be taken just now; try again later");
    public static readonly SmtpServerReply TimedOut = new(421, "4.4.2", "Timed out; closing");
    public static readonly SmtpServerReply Draining = new(421, "4.3.2", "Shutting down; try again in a moment");
    public static readonly SmtpServerReply TooManyErrors = new(421, "4.7.0", "Too many errors; closing");
    public static readonly SmtpServerReply TooManyIdle = new(421, "4.7.0", "Too many commands without a message; closing");
    public static readonly SmtpServerReply TooManyMessages = new(421, "4.7.0", "Enough messages for one connection; connect again");
    public static readonly SmtpServerReply Evicted = new(421, "4.3.2", "Idle while others wait for a place; come back when there is mail");
    public static readonly SmtpServerReply TooManyConnections = new(421, "4.3.2", "Too many connections; try again later");
    public static readonly SmtpServerReply NoPreamble = new(421, "4.3.5", "The proxy in between did not say whose connection this is (PROXY protocol); closing");
    public static readonly SmtpServerReply TooManyFromPeer = new(421, "4.7.0", "Too many connections from your address; try again later");

    public static readonly SmtpServerReply BareLineEnd = new(550, "5.6.11", "The message holds a bare CR or LF; lines must end in CR LF (RFC 5321, 2.3.8)");
    public static readonly SmtpServerReply Nul = new(550, "5.6.0", "The message holds a NUL octet (RFC 5321, 4.5.2)");
    public static readonly SmtpServerReply TooLarge = new(552, "5.3.4", "The message is larger than SIZE allows");
    public static readonly SmtpServerReply NoMemory = new(452, "4.3.1", "Too many large messages are arriving; try again later");
}
