namespace Grid.Core.Vocabulary;

/// <summary>Why a receiver refused. The numbers are stored and never change.</summary>
public enum ReplyReason : byte
{
    None = 0,
    UnknownUser = 1,
    DisabledMailbox = 2,
    MailboxFull = 3,
    BadDomain = 4,
    RateLimited = 5,
    BlockedByReputation = 6,
    Listed = 7,
    ContentRefused = 8,
    AuthenticationFailed = 9,
    Policy = 10,
    Size = 11,
    Protocol = 12,
    Greylisted = 13,
    Network = 14,
    Other = 15,
}
