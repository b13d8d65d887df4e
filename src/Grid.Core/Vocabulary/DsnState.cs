namespace Grid.Core.Vocabulary;

/// <summary>What has become of a <see cref="DsnNotice"/>. The numbers are stored and never change.</summary>
public enum DsnState : byte
{
    /// <summary>To be told, at its time.</summary>
    Due = 0,

    /// <summary>A report that tells it is accepted.</summary>
    Sent = 1,

    /// <summary>It came to an end before its delay was to be told.</summary>
    Overtaken = 2,

    /// <summary>Not told: the return path is in none of the tenant's sending domains.</summary>
    ForeignReturnPath = 3,

    /// <summary>Not told: the tenant had all the reports that it may have in an hour.</summary>
    OverLimit = 4,

    /// <summary>Not told: no report could be made or accepted.</summary>
    Undeliverable = 5,
}
