namespace Orleans.Embedded.Tests;

internal sealed class NumberedGrain : Grain, INumberedGrain
{
    public ValueTask<long> Key() => new(this.GetPrimaryKeyLong());
}
