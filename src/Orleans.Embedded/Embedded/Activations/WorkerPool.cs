using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>The activations of one stateless worker: as many as calls at one time have asked for, at most the class's maximum.</summary>
internal sealed class WorkerPool(Silo silo, GrainClass grainClass, GrainId grainId)
{
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];
    private int _turn;

    /// <summary>One that is free, a new one, or, where there are as many as there may be, the next in turn.</summary>
    public Activation Pick()
    {
        lock (_gate)
        {
            if (_workers.Find(static one => !one.IsBusy) is { } free)
            {
                return free;
            }

            if (_workers.Count >= grainClass.MaxWorkers)
            {
                return _workers[_turn++ % _workers.Count];
            }

            silo.ThrowIfUnavailable();
            var worker = new Activation(silo, grainClass, grainId) { Pool = this };
            _workers.Add(worker);
            return worker;
        }
    }

    public Activation[] List()
    {
        lock (_gate)
        {
            return [.. _workers];
        }
    }

    public void Replace(Activation old, Activation? next)
    {
        lock (_gate)
        {
            _workers.Remove(old);
            if (next is not null)
            {
                _workers.Add(next);
            }
        }
    }
}
