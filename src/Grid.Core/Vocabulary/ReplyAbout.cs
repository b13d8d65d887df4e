namespace Grid.Core.Vocabulary;

/// <summary>Whom a refusal speaks about. Only what is about the recipient suppresses an address; only what is about the IP counts against it.</summary>
public enum ReplyAbout : byte
{
    Recipient = 0,
    Tenant = 1,
    Ip = 2,
    Receiver = 3,
}
