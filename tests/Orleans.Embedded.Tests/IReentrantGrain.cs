namespace Orleans.Embedded.Tests;

internal interface IReentrantGrain : IGrainWithStringKey
{
    Task Hold(string gate);
}
