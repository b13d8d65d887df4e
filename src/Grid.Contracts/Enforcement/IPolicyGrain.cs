namespace Grid.Contracts.Enforcement;

/// <summary>
/// A policy with all its versions; key = its name. What changes is in force in every process, and judged by every active grain under it,
/// when the call completes.
/// </summary>
[Alias("grid.policy")]
public interface IPolicyGrain : IGrainWithStringKey
{
    /// <summary>What is in force; null when there is no such policy.</summary>
    [Alias("find")]
    ValueTask<PolicyInForce?> Find();

    /// <summary>What is in force, and from now on the listener is told of every change before it is complete.</summary>
    [Alias("subscribe")]
    ValueTask<PolicyInForce?> Subscribe(IPolicyListener listener);

    /// <summary>Adds a version and puts it in force: for all, for a share of the subjects, or in shadow. The same text again changes how far the version reaches, not its number.</summary>
    [Alias("push")]
    ValueTask<PolicyInForce> Push(PolicyDraft draft);

    /// <summary>Puts an earlier version in force for all and ends a trial; null when there is no such version.</summary>
    [Alias("roll-back")]
    ValueTask<PolicyInForce?> RollBack(int version, string by, string reason);

    /// <summary>Ends the trial without putting it in force; false when there is none.</summary>
    [Alias("end-trial")]
    ValueTask<bool> EndTrial(string by, string reason);

    /// <summary>One version; null when there is none of that number.</summary>
    [Alias("version")]
    ValueTask<PolicyText?> Version(int version);

    /// <summary>Versions newest first, those before <paramref name="before"/> (0: from the newest).</summary>
    /// <param name="limit">1 to 100.</param>
    [Alias("versions")]
    ValueTask<IReadOnlyList<PolicyText>> Versions(int before, int limit);
}
