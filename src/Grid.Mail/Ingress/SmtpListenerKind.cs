namespace Grid.Mail.Ingress;

/// <summary>What a listener is for.</summary>
public enum SmtpListenerKind : byte
{
    /// <summary>Tenants' applications hand over messages (RFC 6409): AUTH, or a trusted network.</summary>
    Submission = 0,

    /// <summary>The world's servers hand over what comes back: no AUTH; the gate decides on recipients.</summary>
    Inbound = 1,
}
