using System.Collections.Concurrent;
using Grid.Core.Ports;

namespace Grid.Host.Tests.Whole;

/// <summary>Text records at hand, one a name.</summary>
internal sealed class PublishedRecords : ITextRecords
{
    private readonly ConcurrentDictionary<string, string> _records = new();

    public void Publish(string name, string record) => _records[name] = record;

    public void Withdraw(string name) => _records.TryRemove(name, out _);

    public ValueTask<TextAnswer> FindAsync(string name, CancellationToken cancellationToken = default) =>
        new(_records.TryGetValue(name, out var record) ? new TextAnswer.Found([record]) : new TextAnswer.None());
}
