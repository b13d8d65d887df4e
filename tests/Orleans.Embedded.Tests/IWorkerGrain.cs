namespace Orleans.Embedded.Tests;

internal interface IWorkerGrain : IGrainWithStringKey
{
    Task Hold(string gate);
}
