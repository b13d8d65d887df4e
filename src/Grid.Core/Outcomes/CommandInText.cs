namespace Grid.Core.Outcomes;

/// <summary>
/// Finds which command a report says was answered, in the forms that mail systems write: "(in reply to RCPT TO command)", "after end of data",
/// "did not like our RCPT TO", "[RCPT_TO]", a transcript's ">>> DATA". At most 4,000 characters are read; the first that is found counts.
/// </summary>
public static class CommandInText
{
    private const int Longest = 4000;

    private static readonly string[] Introductions =
    [
        "in reply to ", "response to ", "after ", "following ", "did not like our ", "rejected our ", "smtp command ", ">>> ", "[", "error in ", "during ",
    ];

    // Spelt in lower case, longest first; underscores and blanks are the same.
    private static readonly (string Words, AnsweredCommand Command)[] Commands =
    [
        ("end of data", AnsweredCommand.Data), ("end-of-data", AnsweredCommand.Data), ("end of message", AnsweredCommand.Data), ("sending data", AnsweredCommand.Data), ("data", AnsweredCommand.Data), ("body", AnsweredCommand.Data), ("bdat", AnsweredCommand.Data), (". ", AnsweredCommand.Data), (".\n", AnsweredCommand.Data),
        ("rcpt", AnsweredCommand.Rcpt),
        ("mail from", AnsweredCommand.Mail), ("mail @", AnsweredCommand.Mail), ("mail_from", AnsweredCommand.Mail), ("mail command", AnsweredCommand.Mail),
        ("ehlo", AnsweredCommand.Connect), ("helo", AnsweredCommand.Connect), ("auth", AnsweredCommand.Connect), ("starttls", AnsweredCommand.Connect), ("initial connection", AnsweredCommand.Connect),
    ];

    /// <summary>The command that a report's words name; Unknown where they name none.</summary>
    public static AnsweredCommand Find(string words)
    {
        var text = words[..Math.Min(words.Length, Longest)].ToLowerInvariant();
        if (text.Contains("does not like recipient", StringComparison.Ordinal))
        {
            return AnsweredCommand.Rcpt;
        }

        var (found, at) = (AnsweredCommand.Unknown, int.MaxValue);
        foreach (var before in Introductions)
        {
            for (var start = text.IndexOf(before, StringComparison.Ordinal); start >= 0 && start < at; start = text.IndexOf(before, start + 1, StringComparison.Ordinal))
            {
                var rest = text.AsSpan(start + before.Length).TrimStart(' ');
                foreach (var (spelling, command) in Commands)
                {
                    if (rest.StartsWith(spelling, StringComparison.Ordinal))
                    {
                        (found, at) = (command, start);
                        break;
                    }
                }
            }
        }

        return found;
    }
}
