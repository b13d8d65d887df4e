namespace Grid.Host.Feedback;

/// <summary>What an address of ours is for.</summary>
public enum InboundPurpose : byte
{
    /// <summary>No address of ours.</summary>
    None = 0,

    /// <summary>A return path with a genuine token: bounces.</summary>
    ReturnPath,

    /// <summary>An unsubscribe address with a genuine token.</summary>
    Unsubscribe,

    /// <summary>Feedback loops.</summary>
    Feedback,

    /// <summary>abuse@ and postmaster@ (RFC 2142, RFC 5321 section 4.5.1): letters to people.</summary>
    Desk,

    /// <summary>help@: letters to people about the service and its servers, apart from those about abuse.</summary>
    Help,
}
