namespace Orleans.Embedded.Tests;

internal interface IShortLivedGrain : IGrainWithStringKey
{
    ValueTask Touch();
}
