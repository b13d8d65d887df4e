namespace Grid.Mail.Dkim;

/// <summary>What came of a signature, in the words of RFC 8601 section 2.7.1.</summary>
public enum DkimResult
{
    /// <summary>It holds.</summary>
    Pass = 0,

    /// <summary>It was made for something else, or has run out.</summary>
    Fail = 1,

    /// <summary>It can't be judged: it breaks the format, or uses what isn't known here.</summary>
    Neutral = 2,

    /// <summary>The key can't be had now.</summary>
    TemporaryError = 3,

    /// <summary>There is no key, or none that may be used for it.</summary>
    PermanentError = 4,
}
