using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

internal sealed class StatefulGrain(
    Notebook notes,
    [PersistentState("value")] IPersistentState<StatefulGrain.Value> value,
    [PersistentState("second", "other")] IPersistentState<StatefulGrain.Value> second) : Grain, IStatefulGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        notes.Write($"up {this.GetPrimaryKeyString()} with {value.State.Number}");
        return Task.CompletedTask;
    }

    public async Task<string> Set(int number)
    {
        value.State = new Value { Number = number };
        await value.WriteStateAsync();
        return value.Etag!;
    }

    public Task<int> Get() => Task.FromResult(value.State.Number + second.State.Number);

    public Task Clear() => value.ClearStateAsync();

    public Task<bool> Exists() => Task.FromResult(value.RecordExists);

    public Task SetThrough(IStatefulGrain other, int number) => other.Set(number);

    internal sealed class Value
    {
        public int Number { get; set; }
    }
}
