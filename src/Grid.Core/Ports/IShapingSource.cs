using Grid.Core.Admission;

namespace Grid.Core.Ports;

/// <summary>The shaping profiles in force.</summary>
public interface IShapingSource
{
    /// <summary>Replaced as a whole when profiles are pushed.</summary>
    ShapingSet Current { get; }
}
