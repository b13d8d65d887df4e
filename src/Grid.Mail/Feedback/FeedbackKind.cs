namespace Grid.Mail.Feedback;

/// <summary>What a message that came back is about.</summary>
public enum FeedbackKind
{
    /// <summary>Nothing that counts: ordinary mail, an auto-reply, a delivery receipt, a not-spam report.</summary>
    None = 0,

    /// <summary>A recipient called a message spam (RFC 5965, or a provider's own form).</summary>
    Complaint,

    /// <summary>At least one recipient failed for good (RFC 3464, or an older form).</summary>
    Bounce,

    /// <summary>Delivery is late and still being tried.</summary>
    Delayed,

    /// <summary>A report that nobody's spam button made: authentication failures, attack reports, a letter to abuse@.</summary>
    Abuse,

    /// <summary>A recipient asks for no more mail (RFC 2369 mailto, or an opt-out report).</summary>
    Unsubscribe,
}
