using Grid.Core.Outcomes;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>What one SMTP reply means, for the operator.</summary>
public static class ClassifyApi
{
    private const int MaxText = 10_000;

    public static void MapClassify(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/classify").RequireKey(CallerRole.Operator).WithTags("Feedback")
            .MapPost("", (Delegate)Classify).Accepts<ClassifyRequest>("application/json").Produces<ClassifyBody>().WithMetadata(new ChangesNothing());

    private static async Task<IResult> Classify(HttpContext context)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.ClassifyRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        if (request.Code is not ((>= 200 and <= 599) or 0))
        {
            faults.Add("code", "must be 200 to 599, or 0 for a lost connection");
        }

        if (request.Text is not { Length: <= MaxText })
        {
            faults.Add("text", $"is required, of at most {MaxText} characters");
        }

        if (request.Enhanced is { Length: > 0 } enhanced && !EnhancedCode.IsValid(enhanced))
        {
            faults.Add("enhanced", "must be an enhanced status code such as 5.1.1");
        }

        if (!faults.None)
        {
            return faults.Problem;
        }

        var c = ReplyClassifier.Classify(request.Code!.Value, request.Enhanced ?? "", request.Text!, request.Host, request.Command ?? AnsweredCommand.Unknown);
        return Answer.Json(new ClassifyBody(c.Reason, c.Hard, c.About, c.Rule), ApiJson.Default.ClassifyBody);
    }
}
