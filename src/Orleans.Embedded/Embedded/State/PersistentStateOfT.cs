using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded.State;

/// <summary>A grain's state: a value in memory, and its storage.</summary>
internal sealed class PersistentState<TState>(GrainId grainId, string name, IGrainStorage storage) : IPersistentState<TState>, IPersistentPart
{
    private readonly GrainState<TState> _record = new(Activator.CreateInstance<TState>());

    public TState State
    {
        get => _record.State!;
        set => _record.State = value;
    }

    public string? Etag => _record.ETag;

    public bool RecordExists => _record.RecordExists;

    public Task ReadAsync(CancellationToken cancellationToken) => ReadStateAsync(cancellationToken);

    public Task ReadStateAsync() => ReadStateAsync(default);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        await storage.ReadStateAsync(name, grainId, _record, cancellationToken);
        if (_record.State is null)
        {
            _record.State = Activator.CreateInstance<TState>();
        }
    }

    public Task WriteStateAsync() => WriteStateAsync(default);

    public Task WriteStateAsync(CancellationToken cancellationToken) => storage.WriteStateAsync(name, grainId, _record, cancellationToken);

    public Task ClearStateAsync() => ClearStateAsync(default);

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        await storage.ClearStateAsync(name, grainId, _record, cancellationToken);
        _record.State = Activator.CreateInstance<TState>();
    }
}
