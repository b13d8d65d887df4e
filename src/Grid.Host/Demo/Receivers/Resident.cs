namespace Grid.Host.Demo.Receivers;

/// <summary>Who lives at an address. Its first word says it: <c>gone.17@…</c> does not exist, <c>angry.4@…</c> complains.</summary>
internal enum Resident : byte
{
    /// <summary>Takes mail and says nothing.</summary>
    Ordinary,

    /// <summary>There is no such mailbox.</summary>
    Gone,

    /// <summary>The mailbox was closed.</summary>
    Closed,

    /// <summary>The mailbox is full.</summary>
    Full,

    /// <summary>Takes mail and marks it as spam.</summary>
    Angry,
}
