using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement;

/// <summary>Which entries of the ledger make an incident: something went wrong between the platform and receivers or blocklists.</summary>
public static class IncidentRules
{
    /// <summary>The act that notes with whom an incident was shared; its evidence is the incident's id.</summary>
    public const string Shared = "share-incident";

    private const string Listing = "listing.";

    /// <summary>A sending IP rests or a recipient domain is paused, either is warned or ended, or is found on a blocklist.</summary>
    public static bool Opens(Decision decision) => IsAbout(decision)
        && (decision is { Kind: DecisionKind.Transition, Action: "rest" or "pause" or "warn" or "terminate" } || (decision.Kind == DecisionKind.Finding && decision.Action.StartsWith(Listing, StringComparison.Ordinal)));

    /// <summary>It ends what went wrong with its subject before.</summary>
    public static bool Ends(Decision decision) => IsAbout(decision) && decision is { Kind: DecisionKind.Transition, To: Standing.Active };

    /// <summary>The incident that it says was shared; null: none.</summary>
    public static string? SharedBy(Decision decision) => decision.Action == Shared && IsAbout(decision) ? decision.Evidence : null;

    private static bool IsAbout(Decision decision) => decision.Subject.Kind is SubjectKind.Ip or SubjectKind.Domain;
}
