namespace Grid.Mail.Dns;

/// <summary>Whether a message is the answer to a question.</summary>
internal enum DnsFault : byte
{
    /// <summary>It is.</summary>
    None = 0,

    /// <summary>It is for someone else, or made up: another id, another question, no response. Over UDP it is passed over.</summary>
    Foreign = 1,

    /// <summary>It repeats the question in other letters' case: over UDP perhaps made up, over TCP fine.</summary>
    OtherCase = 2,

    /// <summary>It can't be read.</summary>
    Malformed = 3,
}
