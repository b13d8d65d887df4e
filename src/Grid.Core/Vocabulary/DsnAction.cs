namespace Grid.Core.Vocabulary;

/// <summary>What a sender is told of a recipient (Action of RFC 3464). The numbers are stored and never change.</summary>
public enum DsnAction : byte
{
    /// <summary>Not delivered, and not tried again.</summary>
    Failed = 1,

    /// <summary>Not delivered yet, and still tried.</summary>
    Delayed = 2,

    /// <summary>A later host says that it is in the mailbox.</summary>
    Delivered = 3,

    /// <summary>Handed on to a host that reports nothing.</summary>
    Relayed = 4,

    /// <summary>A later host says that it goes to several addresses from there.</summary>
    Expanded = 5,
}
