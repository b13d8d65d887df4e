namespace Orleans.Embedded.Tests;

internal sealed class SelfFilteringGrain : Grain, ISelfFilteringGrain, IIncomingGrainCallFilter
{
    public Task<string> Say(string line) => Task.FromResult(line);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        context.Result = "filtered " + context.Result;
    }
}
