namespace Grid.Bench.Servers;

/// <summary>No server at all: the injector talks to the receiver. The ceiling of any figure taken with the two.</summary>
internal sealed class Direct(int receiver) : IMailServer
{
    public int Port => receiver;

    public int? ProcessId => null;

    public Task StartAsync(CancellationToken cancel) => Task.CompletedTask;

    public Task KillAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
