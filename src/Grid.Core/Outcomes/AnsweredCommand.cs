namespace Grid.Core.Outcomes;

/// <summary>Which command a reply answers, where that is known.</summary>
public enum AnsweredCommand : byte
{
    Unknown = 0,

    /// <summary>The connection, EHLO, STARTTLS or AUTH: nothing was said of the message yet.</summary>
    Connect = 1,

    /// <summary>MAIL: the sender.</summary>
    Mail = 2,

    /// <summary>RCPT: this recipient.</summary>
    Rcpt = 3,

    /// <summary>DATA, or the end of the message.</summary>
    Data = 4,
}
