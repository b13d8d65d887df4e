using Grid.Host.Api.Access;
using Grid.Host.Console.Pages;
using Grid.Host.Console.Parts;

namespace Grid.Host.Console;

/// <summary>
/// Makes the overview once, for nobody, when the grid has started: what it needs is then compiled and counted before somebody looks. Once and no more; a
/// store that doesn't answer leaves it to the first visitor.
/// </summary>
internal sealed partial class FirstLook(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<FirstLook> log) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var told = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<PageContext>().Session = new(Caller.Reader, clock.GetUtcNow());
            await PageResult.Of<Overview>().ExecuteAsync(new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = stoppingToken });
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            LogNotMade(fault);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The grid stops, and its store with it.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the overview could not be made ahead of its first visitor")]
    private partial void LogNotMade(Exception fault);
}
