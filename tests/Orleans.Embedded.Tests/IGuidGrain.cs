namespace Orleans.Embedded.Tests;

internal interface IGuidGrain : IGrainWithGuidKey
{
    Task<Guid> Key();
}
