namespace Grid.Core.Feedback;

/// <summary>How much mail a recipient wants to be rid of.</summary>
public enum UnsubscribeChoice : byte
{
    /// <summary>The sender's bulk mail: what one click means. Receipts and passwords still come.</summary>
    List = 0,

    /// <summary>All mail of the sender.</summary>
    Sender = 1,

    /// <summary>Bulk mail of every sender: the opt-out register of the whole grid.</summary>
    Everyone = 2,
}
