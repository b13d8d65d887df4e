using Grid.Core.Admission;

namespace Grid.Host.Api.Model;

/// <summary>What a shaping rule did.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Action">suspend, limit or restIp.</param>
/// <param name="Words">The receiver's reply that set it off.</param>
/// <param name="Hits">Replies counted until then.</param>
public sealed record LaneMeasureBody(string Rule, ShapingAction Action, DateTimeOffset From, DateTimeOffset Until, string Words, int Hits)
{
    public static LaneMeasureBody Of(LaneMeasure measure) => new(measure.Rule, measure.Action, measure.From, measure.Until, measure.Words, measure.Hits);
}
