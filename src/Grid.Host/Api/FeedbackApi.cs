using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Feedback;
using Grid.Host.Options;

namespace Grid.Host.Api;

/// <summary>Reports that the operator brings in by hand. What each counted one rests on stands with the reports; one with a reason is on the ledger as well.</summary>
public static class FeedbackApi
{
    public static void MapFeedback(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/feedback").RequireKey(CallerRole.Operator).WithTags("Feedback").MapPost("", Take).Produces<FeedbackBody>();

    private static async Task<IResult> Take(HttpContext context, FeedbackIntake feedback, OperatorActs acts, LimitOptions limits, bool? dryRun)
    {
        if (context.Request.ContentType?.StartsWith("message/rfc822", StringComparison.OrdinalIgnoreCase) != true)
        {
            return Problem.WrongType("message/rfc822");
        }

        using var body = await RequestBody.ReadAsync(context, limits.MaxMessageBytes);
        if (body is null)
        {
            return Problem.TooLarge(limits.MaxMessageBytes);
        }

        var taken = await feedback.TakeTrustedAsync(body.Bytes, dryRun ?? false, context.RequestAborted);
        if (dryRun != true && OperatorReason.Read(context.Request) is not null)
        {
            await acts.RecordAsync(context, Subject.Setting("feedback"), "report", [], taken.MessageId is { } id ? "message " + id : null);
        }

        return Answer.Json(taken, ApiJson.Default.FeedbackBody);
    }
}
