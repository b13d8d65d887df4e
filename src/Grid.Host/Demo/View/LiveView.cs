using Spectre.Console;

namespace Grid.Host.Demo.View;

/// <summary>The demo on a terminal: the invitation, and below it a picture that is drawn anew twice a second.</summary>
internal static class LiveView
{
    private static readonly TimeSpan DrawEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Draws until cancelled.</summary>
    public static async Task RunAsync(DemoStage stage, Invitation invitation, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var line in invitation.Lines)
        {
            AnsiConsole.WriteLine(line);
        }

        using var timer = new PeriodicTimer(DrawEvery, clock);
        await AnsiConsole.Live(Screen.Of(stage)).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Bottom).StartAsync(async context =>
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                context.UpdateTarget(Screen.Of(stage));
                await ((Task)timer.WaitForNextTickAsync(cancellationToken).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
    }
}
