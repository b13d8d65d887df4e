namespace Grid.Host.Demo.Receivers;

/// <summary>What a receiver has to say.</summary>
internal enum Situation : byte
{
    Accepted,
    UnknownUser,
    Disabled,
    MailboxFull,
    RateLimited,
    Greylisted,

    /// <summary>Put off for the sending address' volume or complaints.</summary>
    Deferred,

    /// <summary>Refused for good because of the sending address.</summary>
    Blocked,
}
