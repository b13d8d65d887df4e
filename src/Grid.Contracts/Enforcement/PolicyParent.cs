namespace Grid.Contracts.Enforcement;

/// <summary>A policy that another one extends, as it was when that one was pushed.</summary>
[GenerateSerializer, Immutable, Alias("grid.policy-parent")]
public sealed record PolicyParent([property: Id(0)] string Name, [property: Id(1)] int Version, [property: Id(2)] string Text);
