using Grid.Core.Vocabulary;

namespace Grid.Core.Admission;

/// <summary>A measure in force from one IP to one site: what a rule did, why, and until when.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="From">When it began, or was last renewed.</param>
/// <param name="Until">It ends then.</param>
/// <param name="Words">The receiver's reply that set it off.</param>
/// <param name="Hits">Replies counted when it was set off.</param>
public sealed record LaneMeasure(
    string Rule, ShapingAction Action, DateTimeOffset From, DateTimeOffset Until, string Words, int Hits, int? Connections = null, int? MessagesPerConnection = null, Rate? Rate = null);
