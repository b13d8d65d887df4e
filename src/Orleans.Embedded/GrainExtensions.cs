using System.Globalization;
using Orleans.Embedded.Activations;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Identity of grains, and references to them.</summary>
public static class GrainExtensions
{
    /// <summary>A reference of the given interface to this grain, to hand to others; never hand out the grain itself.</summary>
    /// <exception cref="ArgumentException">It is neither a grain nor a reference.</exception>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => (TGrainInterface)grain.AsReference(typeof(TGrainInterface));

    /// <inheritdoc cref="AsReference{TGrainInterface}(IAddressable)"/>
    public static object AsReference(this IAddressable grain, Type interfaceType) => SiloOf(grain).References.Make(interfaceType, grain.GetGrainId());

    /// <summary>The same grain through another of its interfaces.</summary>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    /// <summary>The grain's identity: type and key.</summary>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReference reference => reference.GrainId,
        IGrainBase instance => instance.GrainContext.GrainId,
        _ => throw new ArgumentException($"{grain?.GetType().FullName ?? "null"} is neither a grain nor a reference to one.", nameof(grain)),
    };

    /// <summary>The key of a grain with a string key.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    /// <summary>The key of a grain with an integer key.</summary>
    /// <exception cref="FormatException">The key is not an integer.</exception>
    public static long GetPrimaryKeyLong(this IAddressable grain) =>
        long.Parse(grain.GetGrainId().Key.AsSpan(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>The key of a grain with a GUID key.</summary>
    /// <exception cref="FormatException">The key is not a GUID.</exception>
    public static Guid GetPrimaryKey(this IAddressable grain) => Guid.ParseExact(grain.GetGrainId().Key.ToString(), "N");

    private static Embedded.Silo SiloOf(IAddressable grain) => grain switch
    {
        GrainReference reference => reference.Shared.Silo,
        IGrainBase instance => Activation.Of(instance.GrainContext).Silo,
        _ => throw new ArgumentException($"{grain?.GetType().FullName ?? "null"} is neither a grain nor a reference to one.", nameof(grain)),
    };
}
