namespace Orleans.Embedded.Tests;

internal interface IOrphanGrain : IGrainWithStringKey;
