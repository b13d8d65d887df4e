using Grid.Core.Admission;

namespace Grid.Grains.Sending;

/// <summary>Shaping profiles as they were pushed.</summary>
/// <param name="Version">Counts pushes, from 1.</param>
/// <param name="Text">As it was written.</param>
public sealed record ShapingDocument(int Version, DateTimeOffset At, string Text, IReadOnlyList<ShapingProfile> Profiles);
