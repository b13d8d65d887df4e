using Grid.Core.Admission;

namespace Grid.Host.Admission;

/// <summary>Profiles as they were read, or every mistake in them.</summary>
/// <param name="Faults">One line each: where, and what would be right; empty when the profiles hold.</param>
public sealed record ShapingRead(IReadOnlyList<ShapingProfile> Profiles, IReadOnlyList<string> Faults);
