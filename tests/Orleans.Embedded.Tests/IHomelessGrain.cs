namespace Orleans.Embedded.Tests;

internal interface IHomelessGrain : IGrainWithStringKey
{
    Task<bool> Get();
}
