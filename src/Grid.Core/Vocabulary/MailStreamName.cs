namespace Grid.Core.Vocabulary;

/// <summary>A stream's name, as policies, scopes and the API spell it.</summary>
public static class MailStreamName
{
    /// <summary>"bulk" or "transactional".</summary>
    public static string Of(MailStream stream) => stream == MailStream.Transactional ? "transactional" : "bulk";
}
