using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;
using Grid.Mail.Feedback;

namespace Grid.Host.Feedback;

/// <summary>One thing that a report says about one recipient.</summary>
/// <param name="Said">In the report's words.</param>
/// <param name="Why">As its reply is read; default for complaints.</param>
/// <param name="Delivered">The delivery that it is about; null where there was none.</param>
/// <param name="NamesOther">It names another recipient of the message than its token does.</param>
/// <param name="IsCounted">The same was counted before.</param>
internal sealed record FeedbackClaim(RecipientReport Said, Classification Why, OutcomeRecord? Delivered, bool NamesOther, bool IsCounted);
