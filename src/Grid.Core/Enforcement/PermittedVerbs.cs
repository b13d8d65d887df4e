using System.Text;
using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement;

/// <summary>
/// What each standing permits: the one table, from which the documents' is generated. Opting out and complaining work in every standing,
/// for ever.
/// </summary>
public static class PermittedVerbs
{
    /// <summary>How the table says that transactional mail goes where the policy lets it.</summary>
    private const string Lane = "policy";

    private static readonly string[] Serious = ["malware", "phishing", "fraud"];

    // Pending, active, warned, suspended, terminated.
    private static readonly (Verb Verb, string Words, string[] Permits)[] Table =
    [
        (Verb.SubmitBulk, "submit bulk mail", ["no", "yes", "yes", "no", "no"]),
        (Verb.SubmitTransactional, "submit transactional mail", ["no", "yes", "yes", Lane, "no"]),
        (Verb.DeliverBulk, "have queued bulk mail delivered", ["no", "yes", "yes", "no", "no"]),
        (Verb.DeliverTransactional, "have queued transactional mail delivered", ["no", "yes", "yes", Lane, "no"]),
        (Verb.Read, "read its reputation, notices, cases, settings", ["yes", "yes", "yes", "yes", "no"]),
        (Verb.Configure, "change suppressions, webhooks, proofs of domains, vetting; cancel mail", ["yes", "yes", "yes", "yes", "no"]),
        (Verb.Appeal, "appeal", ["no", "no", "yes", "yes", "no"]),
        (Verb.Export, "export its data: messages, events, lists", ["yes", "yes", "yes", "yes", "yes"]),
        (Verb.OptOut, "recipients opt out", ["yes", "yes", "yes", "yes", "yes"]),
        (Verb.Complain, "complaints are taken in", ["yes", "yes", "yes", "yes", "yes"]),
        (Verb.Bounce, "bounces are taken in", ["yes", "yes", "yes", "yes", "yes"]),
    ];

    /// <summary>Whether a tenant in this state, under this policy, may do it.</summary>
    public static bool Allows(EnforcementPolicy policy, StandingState state, Verb verb) =>
        Array.Find(Table, row => row.Verb == verb).Permits[(int)state.Standing] switch
        {
            "yes" => true,
            Lane => policy.Ladder.TransactionalWhileSuspended && !IsSerious(state.Cause),
            _ => false,
        };

    /// <summary>Malware, phishing or fraud, found by a check or an operator.</summary>
    public static bool IsSerious(string? cause) => cause is not null && Serious.Contains(cause[(cause.LastIndexOf('.') + 1)..]);

    /// <summary>The table as Markdown, as the documents have it.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder("| a tenant can | pending | active | warned | suspended | terminated |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var (_, words, permits) in Table)
        {
            text.Append("| ").Append(words).Append(" | ").AppendJoin(" | ", permits.Select(p => p == Lane ? "where the policy says so ¹" : p)).Append(" |\n");
        }

        return text.Append("\n¹ `ladder.transactionalWhileSuspended`, unless the cause is malware, phishing or fraud. Bulk mail that was queued is held meanwhile. A tenant that one above it holds sends nothing.\n").ToString();
    }
}
