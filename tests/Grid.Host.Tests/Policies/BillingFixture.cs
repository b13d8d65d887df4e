using Grid.Host.Tests.Webhooks;
using Grid.Host.Tests.Whole;

namespace Grid.Host.Tests.Policies;

/// <summary>A grid that tells a billing system of terminations.</summary>
public sealed class BillingFixture : HostFixture, IAsyncLifetime
{
    internal const string Secret = "a-billing-secret-0123456789";

    internal HookReceiver Receiver { get; private set; } = null!;

    public new async ValueTask InitializeAsync()
    {
        Receiver = await HookReceiver.StartAsync();
        More.AddRange([$"--Grid:Billing:Url={Receiver.Url}", $"--Grid:Billing:Secret={Secret}"]);
        await base.InitializeAsync();
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
