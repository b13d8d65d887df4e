namespace Grid.Core.Vocabulary;

/// <summary>What a sender wants to hear of a recipient (NOTIFY of RFC 3461). The numbers are stored and never change.</summary>
[Flags]
public enum DsnNotify : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    Success = 1,

    Failure = 2,

    Delay = 4,
}
