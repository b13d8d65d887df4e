namespace Grid.Mail.Sending;

/// <summary>What a domain asks of those who send to it (RFC 8461 5).</summary>
public enum MtaStsMode : byte
{
    /// <summary>Nothing any more.</summary>
    None = 0,

    /// <summary>To tell of failures, and to send all the same.</summary>
    Testing = 1,

    /// <summary>To send to the hosts that it names only, over TLS with a certificate that is valid for them.</summary>
    Enforce = 2,
}
