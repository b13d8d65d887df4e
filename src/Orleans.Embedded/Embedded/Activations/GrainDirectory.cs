using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Orleans.Embedded.Activations;

/// <summary>Every activation, by identity. Bounded by the collection of idle grains.</summary>
internal sealed class GrainDirectory(Silo silo)
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly ConcurrentDictionary<GrainId, WorkerPool> _pools = new();

    /// <summary>All activations, those of stateless workers too.</summary>
    public IEnumerable<Activation> All => _activations.Select(static pair => pair.Value).Concat(_pools.SelectMany(static pair => pair.Value.List()));

    /// <summary>The activation for an identity; a new one where there is none.</summary>
    /// <param name="grainClass">Its class; null: an observer.</param>
    /// <param name="grainId">The identity.</param>
    /// <exception cref="ClientNotAvailableException">The observer is gone.</exception>
    /// <exception cref="SiloUnavailableException">There is none, and the silo is stopping.</exception>
    public Activation Find(GrainClass? grainClass, GrainId grainId)
    {
        if (grainClass is { MaxWorkers: > 0 })
        {
            return _pools.GetOrAdd(grainId, static (id, of) => new WorkerPool(of.silo, of.grainClass, id), (silo, grainClass)).Pick();
        }

        if (_activations.TryGetValue(grainId, out var present))
        {
            return present;
        }

        if (grainClass is null)
        {
            throw new ClientNotAvailableException(grainId);
        }

        silo.ThrowIfStopping();
        return _activations.GetOrAdd(grainId, static (id, of) => new Activation(of.silo, of.grainClass, id), (silo, grainClass));
    }

    public void Add(ObserverActivation observer) => _activations[observer.GrainId] = observer;

    /// <summary>Puts the next activation, or none, where the old one was.</summary>
    public void Replace(Activation old, Activation? next)
    {
        if (old.Pool is { } pool)
        {
            pool.Replace(old, next);
        }
        else if (next is null)
        {
            _activations.TryRemove(new KeyValuePair<GrainId, Activation>(old.GrainId, old));
        }
        else
        {
            _activations.TryUpdate(old.GrainId, next, old);
        }
    }

    public void Remove(GrainId observer) => _activations.TryRemove(observer, out _);
}
