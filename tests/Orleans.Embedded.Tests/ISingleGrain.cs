namespace Orleans.Embedded.Tests;

internal interface ISingleGrain : IGrainWithStringKey
{
    Task Touch(bool leave);
}
