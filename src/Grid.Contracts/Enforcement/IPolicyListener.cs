namespace Grid.Contracts.Enforcement;

/// <summary>A process in which grains run under a policy.</summary>
[Alias("grid.policy-listener")]
public interface IPolicyListener : IGrainObserver
{
    /// <summary>What is in force from now on. When it completes, every active grain of the process judges by it.</summary>
    [Alias("changed")]
    Task Changed(PolicyInForce policy);
}
