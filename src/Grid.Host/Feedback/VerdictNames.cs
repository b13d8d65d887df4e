using System.Text.Json;
using Grid.Core.Feedback;

namespace Grid.Host.Feedback;

/// <summary>Verdicts as the API has them: <c>reporterUnknown</c>.</summary>
internal static class VerdictNames
{
    private static readonly string[] Names = [.. Enum.GetValues<FeedbackVerdict>().Select(verdict => JsonNamingPolicy.CamelCase.ConvertName(verdict.ToString()))];

    public static string Of(FeedbackVerdict verdict) => Names[(int)verdict];
}
