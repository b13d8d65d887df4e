namespace Grid.Grains.Queue;

/// <summary>Connections that wait for mail, the last to come first to be woken. Guarded by its <see cref="ReadyQueue"/>.</summary>
internal sealed class IdleSenders
{
    private const int MostStale = 256;

    private readonly Stack<IdleSender> _idle = new();

    /// <summary>Begins a wait.</summary>
    public void Push(IdleSender sender, TimeSpan atMost)
    {
        sender.Reset(atMost);
        if (_idle.Count > MostStale)
        {
            // Those whose patience ended are still here.
            var waiting = _idle.Where(s => s.IsWaiting).ToArray();
            _idle.Clear();
            Array.ForEach(waiting, _idle.Push);
        }

        _idle.Push(sender);
    }

    /// <summary>The next to wake; its wait may have ended already. Null: none.</summary>
    public IdleSender? Pop() => _idle.TryPop(out var sender) ? sender : null;
}
