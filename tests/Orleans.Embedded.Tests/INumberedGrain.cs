namespace Orleans.Embedded.Tests;

internal interface INumberedGrain : IGrainWithIntegerKey
{
    ValueTask<long> Key();
}
