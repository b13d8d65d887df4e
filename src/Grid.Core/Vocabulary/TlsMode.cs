namespace Grid.Core.Vocabulary;

/// <summary>What is asked of STARTTLS (RFC 3207) on a connection to a receiver.</summary>
public enum TlsMode : byte
{
    /// <summary>Plaintext, even where STARTTLS is offered.</summary>
    None = 0,

    /// <summary>Encrypt where offered, with whatever certificate; where the handshake fails, a new connection goes without (RFC 7435).</summary>
    Opportunistic = 1,

    /// <summary>Encrypt or don't send; the certificate isn't judged.</summary>
    Required = 2,

    /// <summary>Encrypt, with a certificate that is valid for the host's name, or don't send (RFC 8461).</summary>
    Verified = 3,
}
