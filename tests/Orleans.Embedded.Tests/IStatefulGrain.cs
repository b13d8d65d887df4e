namespace Orleans.Embedded.Tests;

internal interface IStatefulGrain : IGrainWithStringKey
{
    Task<string> Set(int value);

    Task<int> Get();

    Task Clear();

    Task<bool> Exists();

    Task SetThrough(IStatefulGrain other, int value);
}
