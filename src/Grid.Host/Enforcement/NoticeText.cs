using System.Globalization;
using System.Text;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;
using Grid.Host.Options;

namespace Grid.Host.Enforcement;

/// <summary>
/// A decision in words for the tenant: what happened, under which clause, what was measured, the limit, what cures it, until when, where
/// help is found. In: a decision and its policy. Out: subject and text.
/// </summary>
public sealed class NoticeText(GridOptions options)
{
    /// <summary>Local part of the address where people answer questions about the service; abuse has its own.</summary>
    public const string HelpName = "help";

    /// <summary>Where a tenant finds help: what its policy says, and the grid's own address for it.</summary>
    public string Help(EnforcementPolicy policy)
    {
        var address = $"{HelpName}@{options.Inbound.Domain}";
        return policy.Duties.Contact.Length == 0 ? address : $"{policy.Duties.Contact}, {address}";
    }

    /// <summary>Whether a tenant is told of a decision by itself, not only when it asks.</summary>
    public static bool IsTold(Decision decision) => decision is { Kind: DecisionKind.Transition, Subject.Kind: SubjectKind.Tenant }
        && decision.Action is "guide" or "warn" or "limit" or "suspend" or "terminate" or "reinstate" or "cure" or "activate";

    /// <summary>The subject of a notice.</summary>
    public static string Subject(Decision decision) => decision.Action switch
    {
        "guide" => "How to improve what you send",
        "warn" => "Warning about what you send",
        "limit" => "Your sending is limited",
        "suspend" => "Your account is suspended",
        "terminate" => "Your account is terminated",
        "reinstate" => "Your account is active again",
        "activate" => "Your account is active",
        _ => "Your account is in good standing",
    };

    /// <summary>The text of a notice.</summary>
    public string Write(Decision decision, EnforcementPolicy policy)
    {
        var clause = policy.Written.FirstOrDefault(c => c.Id == decision.Clause);
        var text = new StringBuilder();
        Line(Opening(decision.Action, policy));
        Line("");
        Line($"Account: {decision.Subject.Key}");
        Line($"State: {decision.To.ToString().ToLowerInvariant()}{(decision.ConditionAfter is { } condition ? $" ({condition})" : "")}, since {Time(decision.At)}");
        Line($"Rule: {decision.Clause} of policy {decision.Policy}, version {decision.PolicyVersion}{(clause is null ? "" : ": " + clause.Words)}");
        Line(decision.Reason.Length == 0 ? null : $"Why: {decision.Reason}");
        foreach (var figure in decision.Figures)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"{(figure.Name == "threshold" ? "limit" : figure.Name)}: {figure.Value}"));
        }

        Line(decision.WindowFrom is { } from ? $"Counted from {Time(from)} to {Time(decision.WindowTo!.Value)}" : null);
        Line(clause is { Remedy.Length: > 0 } ? $"What cures it: {clause.Remedy}" : null);
        Line(decision.CureDue is { } due ? $"Until: {Time(due)}" : null);
        Line("");
        Line($"Your standing, limits and decisions: {options.PublicUrl}/v1/reputation. To appeal: POST {options.PublicUrl}/v1/appeals.");
        Line($"Help: {Help(policy)}");
        return text.ToString();

        void Line(string? line)
        {
            if (line is not null)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Opening(string action, EnforcementPolicy policy) => action switch
    {
        "guide" when policy.Duties.GuidanceText is { Length: > 0 } words => words,
        "warn" or "limit" when policy.Duties.WarningText is { Length: > 0 } words => words,
        "suspend" when policy.Duties.SuspensionText is { Length: > 0 } words => words,
        "terminate" when policy.Duties.TerminationText is { Length: > 0 } words => words,
        _ => $"This is about your account here: {action}.",
    };

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
