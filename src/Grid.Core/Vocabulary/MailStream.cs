namespace Grid.Core.Vocabulary;

/// <summary>What a message is for. Transactional mail goes before bulk mail of the same tenant.</summary>
public enum MailStream : byte
{
    /// <summary>Sent to many because the sender wants to: newsletters, offers.</summary>
    Bulk = 0,

    /// <summary>Sent to one because that person did something: receipts, password resets.</summary>
    Transactional = 1,
}
