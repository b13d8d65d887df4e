namespace Grid.Grains.Sending;

/// <summary>How senders behave.</summary>
public sealed class SendingOptions
{
    /// <summary>Connections of one sending IP to one site, 1 to 500; default 10.</summary>
    public int ConnectionsPerSender { get; set; } = 10;

    /// <summary>Messages over one connection, 1 to 100,000; default 1,000.</summary>
    public int MessagesPerConnection { get; set; } = 1000;

    /// <summary>Recipients of one message in one transaction, 1 to 100 (RFC 5321 4.5.3.1.8); default 100.</summary>
    public int RecipientsPerTransaction { get; set; } = 100;

    /// <summary>How long a connection waits for more mail; default 10 s.</summary>
    public TimeSpan IdleConnection { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long waiting mail may see no connection free before a further one is opened for it; default 1 s.</summary>
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Wait after a first failure to connect; doubles with each in a row; default 2 s.</summary>
    public TimeSpan FirstBackOff { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest such wait; default 5 min.</summary>
    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Failures in a row after which the mail in memory for a site that nobody reaches is deferred by its schedule; default 5.</summary>
    public int FailuresToDefer { get; set; } = 5;

    /// <summary>Domain of return paths.</summary>
    public string ReturnPathDomain { get; set; } = "bounces.localhost";
}
