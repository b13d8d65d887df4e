using System.Globalization;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Model;

namespace Grid.Host.Demo;

/// <summary>A decision in a line: who, what, by which clause, on which figures.</summary>
internal static class DecisionText
{
    private static readonly string[] Events = ["complaints", "hardBounces", "blocks"];
    private static readonly string[] Volumes = ["tries", "attempts", "deliveredReporting", "delivered"];

    /// <summary>Such as "tenant/bargains suspended by complaint-cutoff: 11 complaints of 9,800 delivered (0.112 %), limit 0.1 %".</summary>
    public static string Of(DecisionBody decision)
    {
        var text = $"{decision.Subject} {Verb(decision)} by {decision.Clause}";
        var figures = decision.Figures;
        var counted = Array.Find(Events, figures.ContainsKey);
        var volume = Array.Find(Volumes, figures.ContainsKey);
        return counted is null || volume is null
            ? decision.Reason is null ? text : $"{text}: {decision.Reason}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{text}: {figures[counted]:N0} {Words(counted)} of {figures[volume]:N0} {Words(volume)} ({100 * figures.GetValueOrDefault("rate"):0.###} %), limit {100 * figures.GetValueOrDefault("threshold"):0.##} %");
    }

    private static string Verb(DecisionBody decision) => decision.To switch
    {
        Standing.Suspended when decision.Subject.StartsWith("ip/", StringComparison.Ordinal) => "suspended (rested)",
        Standing.Suspended when decision.Subject.StartsWith("domain/", StringComparison.Ordinal) => "suspended (paused)",
        Standing.Suspended => "suspended",
        Standing.Warned => "warned",
        Standing.Terminated => "terminated",
        Standing.Active or Standing.Pending => decision.Action,
        _ => throw new InvalidOperationException($"no standing {decision.To}"),
    };

    private static string Words(string figure) => figure switch
    {
        "hardBounces" => "hard bounces",
        "deliveredReporting" => "delivered where complaints are reported",
        _ => figure,
    };
}
