namespace Orleans.Embedded.Tests;

internal interface ISelfFilteringGrain : IGrainWithStringKey
{
    Task<string> Say(string line);
}
