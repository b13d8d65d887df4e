using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <inheritdoc />
[StatelessWorker(1)]
internal sealed class ManagementGrain : Grain, IManagementGrain
{
    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => Task.FromResult(Active()
        .GroupBy(static one => one.Class.Type.FullName!)
        .Select(static group => new SimpleGrainStatistic { GrainType = group.Key, ActivationCount = group.Count() })
        .ToArray());

    public Task<int> GetTotalActivationCount() => Task.FromResult(Active().Count());

    private IEnumerable<Activation> Active() => Activation.Of(GrainContext).Silo.Directory.All.Where(static one => one.IsActive && one is not ObserverActivation);
}
