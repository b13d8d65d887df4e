namespace Orleans.Placement;

/// <summary>The activation is to be where its first caller is.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PreferLocalPlacementAttribute : PlacementAttribute;
