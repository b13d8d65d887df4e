namespace Grid.Core.Vocabulary;

/// <summary>How a session's TLS came out, in the words of RFC 8460 4.3. Stored by number.</summary>
public enum TlsResult : byte
{
    /// <summary>As the policy asks.</summary>
    Success = 0,

    /// <summary>STARTTLS isn't offered, or was refused.</summary>
    StartTlsNotSupported = 1,

    /// <summary>The certificate is for other names.</summary>
    CertificateHostMismatch = 2,

    /// <summary>The certificate's time is over, or has not begun.</summary>
    CertificateExpired = 3,

    /// <summary>No authority that is trusted vouches for the certificate.</summary>
    CertificateNotTrusted = 4,

    /// <summary>Anything else; a reason says what.</summary>
    ValidationFailure = 5,

    /// <summary>There are TLSA records, and none that can be judged by.</summary>
    TlsaInvalid = 6,

    /// <summary>The resolver that validates gave no valid answer.</summary>
    DnssecInvalid = 7,

    /// <summary>The MTA-STS policy could not be fetched.</summary>
    StsPolicyFetchError = 8,

    /// <summary>The MTA-STS policy breaks its grammar.</summary>
    StsPolicyInvalid = 9,

    /// <summary>The MTA-STS policy's host has a certificate that isn't valid.</summary>
    StsWebPkiInvalid = 10,
}
