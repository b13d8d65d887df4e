using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

internal sealed class HomelessGrain([PersistentState("value", "nowhere")] IPersistentState<StatefulGrain.Value> value) : Grain, IHomelessGrain
{
    public Task<bool> Get() => Task.FromResult(value.RecordExists);
}
