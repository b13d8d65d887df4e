using Grid.Core.Feedback;
using Grid.Host.Api.Model;

namespace Grid.Host.Feedback;

/// <summary>What became of a report.</summary>
/// <param name="Body">What it says, and whether it is about a delivery of ours.</param>
/// <param name="Refused">Why it had no consequence; null where it had, or where it asks for none.</param>
/// <param name="Recorded">Nothing of it is lost: it took effect, it asked for nothing, or it is listed.</param>
public sealed record FeedbackResult(FeedbackBody Body, FeedbackVerdict? Refused, bool Recorded)
{
    /// <summary>Nothing was done, as it can't be told now who reports: it is to be brought again.</summary>
    public bool IsPutOff { get; init; }
}
