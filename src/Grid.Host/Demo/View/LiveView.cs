using Spectre.Console;

namespace Grid.Host.Demo.View;

/// <summary>The demo on a terminal, drawn anew twice a second.</summary>
internal static class LiveView
{
    private static readonly TimeSpan DrawEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Draws until cancelled.</summary>
    public static async Task RunAsync(DemoStage stage, Invitation invitation, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(DrawEvery, clock);
        await AnsiConsole.Live(Screen.Of(stage, invitation)).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Bottom).StartAsync(async context =>
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                context.UpdateTarget(Screen.Of(stage, invitation));
                await timer.WaitForNextTickAsync(cancellationToken).AsTask().ContinueWith(static _ => { }, TaskScheduler.Default);
            }
        });
    }
}
