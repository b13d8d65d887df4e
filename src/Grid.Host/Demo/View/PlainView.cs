namespace Grid.Host.Demo.View;

/// <summary>The demo as lines, for logs and scripts; the journal's lines come by themselves.</summary>
internal static class PlainView
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>With an invitation it goes on until cancelled; without one it ends when everything was seen.</summary>
    public static async Task RunAsync(DemoStage stage, Invitation? invitation, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var line in invitation?.Lines ?? [])
        {
            System.Console.WriteLine(line);
        }

        using var timer = new PeriodicTimer(LookEvery, clock);
        while (invitation is not null || !stage.IsOver)
        {
            if (!await timer.WaitForNextTickAsync(cancellationToken))
            {
                return;
            }
        }
    }
}
