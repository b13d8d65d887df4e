using Grid.Host.Feedback;
using Grid.Host.Options;
using Microsoft.Extensions.Configuration;

namespace Grid.Host.Tests;

/// <summary>Unsubscribe links on the default options, with secrets of their own.</summary>
internal static class TestLinks
{
    public static OptOutLinks Make(TimeProvider clock)
    {
        var keys = new UnsubscribeKeys(new MemoryRegistry(), clock);
        var loaded = keys.LoadAsync(default);
        Assert.True(loaded.IsCompletedSuccessfully);
        return new(keys, GridOptions.Read(new OptionsReader(new ConfigurationBuilder().Build())));
    }
}
