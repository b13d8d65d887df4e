namespace Orleans.Placement;

/// <summary>Where activations are to be; in one process it has nothing to decide.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class PlacementAttribute : Attribute
{
    private protected PlacementAttribute()
    {
    }
}
