using Orleans.Hosting;

namespace Orleans.Embedded.Tests;

public sealed class FilterTests
{
    [Fact]
    public async Task Incoming_filters_seeTheCallInTheirOrder()
    {
        var seen = new List<string>();
        await using var engine = await Engine.Start(silo => silo
            .AddIncomingGrainCallFilter(async context =>
            {
                seen.Add($"{context.TargetId} {context.InterfaceName} {context.InterfaceMethod.Name} {context.Request.GetArgument(0)}");
                await context.Invoke();
                seen.Add($"result {context.Result}");
            })
            .AddIncomingGrainCallFilter(async context =>
            {
                seen.Add($"{context.Grain.GetType().Name} {context.ImplementationMethod.DeclaringType!.Name} {context.SourceId?.ToString() ?? "outside"}");
                await context.Invoke();
            }));
        Assert.Equal(5, await engine.Grains.GetGrain<ICounterGrain>("a").Add(5));
        Assert.Equal(
            [$"counter/a {typeof(ICounterGrain).FullName} Add 5", "CounterGrain CounterGrain outside", "result 5"],
            seen);
    }

    [Fact]
    public async Task Incoming_callFromAGrain_namesItsSource()
    {
        var seen = new List<string?>();
        await using var engine = await Engine.Start(silo => silo.AddIncomingGrainCallFilter(context =>
        {
            seen.Add(context.SourceId?.ToString());
            return context.Invoke();
        }));
        await engine.Grains.GetGrain<ICounterGrain>("top").Deep(1);
        Assert.Equal([null, "counter/top"], seen);
    }

    [Fact]
    public async Task Incoming_filter_mayChangeTheResultOrRefuse()
    {
        await using var engine = await Engine.Start(silo => silo.AddIncomingGrainCallFilter(async context =>
        {
            await context.Invoke();
            context.Result = context.MethodName == "Get" ? throw new UnauthorizedAccessException("no") : context.Result is int number ? number * 10 : null;
        }));
        var grain = engine.Grains.GetGrain<ICounterGrain>("a");
        Assert.Equal(20, await grain.Add(2));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(async () => await grain.Get());
        await grain.Touch();
    }

    [Fact]
    public async Task Incoming_filter_seesTheException()
    {
        Exception? seen = null;
        await using var engine = await Engine.Start(silo => silo.AddIncomingGrainCallFilter(async context =>
        {
            try
            {
                await context.Invoke();
            }
            catch (Exception thrown)
            {
                seen = thrown;
                throw;
            }
        }));
        var thrown = await Assert.ThrowsAsync<InvalidDataException>(() => engine.Grains.GetGrain<ICounterGrain>("a").Fail("broken"));
        Assert.Same(thrown, seen);
    }

    [Fact]
    public async Task Outgoing_filter_seesTheCallAndItsResult()
    {
        var seen = new List<string>();
        await using var engine = await Engine.Start(silo => silo.AddOutgoingGrainCallFilter(async context =>
        {
            seen.Add($"{context.SourceContext?.GrainId.ToString() ?? "outside"} to {context.TargetId}");
            await context.Invoke();
            seen.Add($"{context.MethodName} {context.Result}");
        }));
        Assert.Equal(1, await engine.Grains.GetGrain<ICounterGrain>("top").Deep(1));
        await engine.Grains.GetGrain<ICounterGrain>("top").Touch();
        Assert.Equal(
            ["outside to counter/top", "counter/top to counter/deep 1", "Deep 0", "Deep 1", "outside to counter/top", "Touch "],
            seen);
    }

    [Fact]
    public async Task Incoming_grainIsItsOwnFilter_seesItsCalls()
    {
        await using var engine = await Engine.Start();
        Assert.Equal("filtered hello", await engine.Grains.GetGrain<ISelfFilteringGrain>("a").Say("hello"));
    }
}
