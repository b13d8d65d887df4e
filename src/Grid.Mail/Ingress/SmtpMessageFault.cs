namespace Grid.Mail.Ingress;

/// <summary>Why a message that is still arriving will be refused.</summary>
internal enum SmtpMessageFault : byte
{
    None = 0,

    /// <summary>A CR without LF, or an LF without CR.</summary>
    BareLineEnd,

    /// <summary>An octet 0.</summary>
    Nul,

    /// <summary>More than the listener takes.</summary>
    TooLarge,

    /// <summary>The listener's memory for unfinished messages is used up.</summary>
    NoMemory,
}
