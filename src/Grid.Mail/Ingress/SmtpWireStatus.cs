namespace Grid.Mail.Ingress;

/// <summary>What waiting for the client came to.</summary>
internal enum SmtpWireStatus : byte
{
    /// <summary>What was waited for is here.</summary>
    Ready,

    /// <summary>The client is gone.</summary>
    Ended,

    /// <summary>Its time is up.</summary>
    TimedOut,

    /// <summary>The listener drains; the wait may go on.</summary>
    Draining,

    /// <summary>It did nothing while its place was needed for a new connection.</summary>
    Evicted,

    /// <summary>A line longer than any command.</summary>
    TooLong,

    /// <summary>A line with a bare CR or LF, or a NUL.</summary>
    Malformed,
}
