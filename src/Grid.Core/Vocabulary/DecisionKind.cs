namespace Grid.Core.Vocabulary;

/// <summary>What an entry of the ledger is. The numbers are stored and never change.</summary>
public enum DecisionKind : byte
{
    /// <summary>The subject's standing, or its condition, changed: the only kind that does.</summary>
    Transition = 0,

    /// <summary>A policy in shadow would have changed it; nothing did.</summary>
    Shadow = 1,

    /// <summary>A policy was pushed, rolled back or built in.</summary>
    Push = 2,

    /// <summary>An operator's act that changes no standing: an override, a verdict, a case.</summary>
    Act = 3,

    /// <summary>The first refusal of its class: a clause refused a tenant's mail.</summary>
    Refusal = 4,

    /// <summary>A finding was reported.</summary>
    Finding = 5,
}
