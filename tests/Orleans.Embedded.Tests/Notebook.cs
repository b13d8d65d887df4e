using System.Collections.Concurrent;

namespace Orleans.Embedded.Tests;

/// <summary>What grains tell the test, and gates at which the test holds them.</summary>
internal sealed class Notebook
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly ConcurrentDictionary<string, int> _counters = new();

    public string[] Lines => [.. _lines];

    public void Write(string line) => _lines.Enqueue(line);

    public int Count(string name) => _counters.GetValueOrDefault(name);

    public int Add(string name, int by = 1) => _counters.AddOrUpdate(name, by, (_, old) => old + by);

    /// <summary>A gate: whoever waits goes on when the test opens it.</summary>
    public Task Gate(string name) => Source(name).Task;

    public void Open(string name) => Source(name).TrySetResult();

    private TaskCompletionSource Source(string name) =>
        _gates.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
