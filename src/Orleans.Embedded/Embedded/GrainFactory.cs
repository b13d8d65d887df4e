using System.Globalization;
using System.Text;
using Orleans.Embedded.Activations;
using Orleans.Embedded.Proxies;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Makes references for code inside of grains and outside.</summary>
internal sealed class GrainFactory(Silo silo) : IClusterClient
{
    private const int MaxKeyBytes = 1024;

    public IServiceProvider ServiceProvider => silo.Services;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        var key = Encoding.UTF8.GetBytes(primaryKey);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, MaxKeyBytes, nameof(primaryKey));
        return (TGrainInterface)silo.References.Make(typeof(TGrainInterface), new IdSpan(key), grainClassNamePrefix);
    }

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        (TGrainInterface)silo.References.Make(typeof(TGrainInterface), IdSpan.Create(primaryKey.ToString("X", CultureInfo.InvariantCulture)), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey =>
        (TGrainInterface)silo.References.Make(typeof(TGrainInterface), IdSpan.Create(primaryKey.ToString("N")), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable =>
        (TGrainInterface)silo.References.Make(typeof(TGrainInterface), grainId);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not TGrainObserverInterface || obj is GrainReference or IGrainBase)
        {
            throw new ArgumentException($"{obj?.GetType().FullName ?? "null"} is not a plain object of {typeof(TGrainObserverInterface).FullName}.", nameof(obj));
        }

        RefuseInGrain();
        var id = GrainId.Create(GrainClass.Observer.GrainType, Guid.NewGuid().ToString("N"));
        silo.Directory.Add(new ObserverActivation(silo, id, obj));
        return GetGrain<TGrainObserverInterface>(id);
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainReference reference)
        {
            throw new ArgumentException("It is the object; the reference made for it is what can be deleted.", nameof(obj));
        }

        RefuseInGrain();
        silo.Directory.Remove(reference.GrainId);
    }

    /// <summary>A grain may move to another process, and a plain object can't: references to those are made and ended outside.</summary>
    private static void RefuseInGrain()
    {
        if (Activation.Current is not null and not ObserverActivation)
        {
            throw new InvalidOperationException("Cannot create or delete a local object reference from a grain.");
        }
    }
}
