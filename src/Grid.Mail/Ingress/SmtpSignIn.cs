namespace Grid.Mail.Ingress;

/// <summary>The answer to AUTH: a tenant, or a refusal.</summary>
public sealed record SmtpSignIn
{
    private SmtpSignIn()
    {
    }

    /// <summary>The tenant signed in as; null when refused.</summary>
    public string? Tenant { get; private init; }

    /// <summary>The refusal; null when signed in.</summary>
    public SmtpServerReply? Refusal { get; private init; }

    /// <summary>Signed in.</summary>
    public static SmtpSignIn As(string tenant) => new() { Tenant = tenant };

    /// <summary>Refused with a reply of the gate's own, such as 454 4.7.0.</summary>
    public static SmtpSignIn Refused(SmtpServerReply reply) => new() { Refusal = reply };

    /// <summary>Refused as wrong: 535 5.7.8, which says not which of the two was.</summary>
    public static SmtpSignIn Wrong() => Refused(new SmtpServerReply(535, "5.7.8", "Authentication credentials invalid"));
}
