using System.Text;

namespace Grid.Mail.Dkim;

/// <summary>
/// Which header fields a signature covers: those that a reader sees or a program acts on. Trace fields and what relays add stay out.
/// Fields that nobody may add later are named once more than they occur, so that one more breaks the signature (RFC 6376 section 8.15).
/// </summary>
internal static class SignedFields
{
    /// <summary>Fields of one name that a signature names; of more, the lowest count, as verifiers begin there.</summary>
    public const int MaxOfOneName = 10;

    /// <summary>In the order in which they stand in h=.</summary>
    public static readonly (string Name, bool OneMoreBreaks)[] Names =
    [
        ("From", true), ("To", true), ("Cc", true), ("Reply-To", true), ("Subject", true), ("Date", true), ("Message-ID", true),
        ("Sender", false), ("In-Reply-To", false), ("References", false), ("MIME-Version", true), ("Content-Type", true),
        ("Content-Transfer-Encoding", false), ("List-Unsubscribe", true), ("List-Unsubscribe-Post", true), ("Feedback-ID", true),
        ("CFBL-Address", true), ("CFBL-Feedback-ID", true), ("List-Id", false), ("List-Help", false), ("List-Subscribe", false),
        ("List-Post", false), ("List-Owner", false), ("List-Archive", false), ("Precedence", false), ("Auto-Submitted", false), ("X-Grid-Ref", true),
    ];

    private static readonly int[][] ByLength =
        [.. Enumerable.Range(0, Names.Max(n => n.Name.Length) + 1).Select(length => Enumerable.Range(0, Names.Length).Where(i => Names[i].Name.Length == length).ToArray())];

    /// <summary>Index in <see cref="Names"/>; -1 for a field that isn't signed.</summary>
    public static int Find(ReadOnlySpan<byte> name)
    {
        if (name.Length < ByLength.Length)
        {
            foreach (var candidate in ByLength[name.Length])
            {
                if (Ascii.EqualsIgnoreCase(name, Names[candidate].Name))
                {
                    return candidate;
                }
            }
        }

        return -1;
    }
}
