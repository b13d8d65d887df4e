using System.Globalization;
using Grid.Contracts.Admission;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>An answer that says what went wrong (RFC 9457). Every type is a stable URN under <c>urn:grid:problem:</c>.</summary>
public sealed class Problem(ProblemBody body, TimeSpan? retryAfter = null) : IResult
{
    /// <summary>Media type of every problem.</summary>
    public const string ContentType = "application/problem+json";

    private const string Root = "urn:grid:problem:";

    /// <summary>What is answered.</summary>
    public ProblemBody Body { get; } = body;

    public static Problem Unauthorized(string detail) => Make(401, "unauthorized", "The key opens nothing", detail);

    public static Problem Forbidden(string detail) => Make(403, "forbidden", "The key doesn't open this", detail);

    public static Problem NotFound(string detail) => Make(404, "not-found", "There is no such thing", detail);

    public static Problem MethodNotAllowed(string detail) => Make(405, "method-not-allowed", "The method is not served here", detail);

    /// <summary>Our own fault.</summary>
    public static Problem Unforeseen(string traceId) => Make(500, "unforeseen", "Something went wrong here", $"The log has it under trace {traceId}.");

    public static Problem Conflict(string detail) => Make(409, "conflict", "It cannot be done in this state", detail);

    public static Problem TooLarge(long limitBytes) => Make(413, "too-large", "The request is too large",
        string.Create(CultureInfo.InvariantCulture, $"At most {limitBytes} bytes are taken."));

    public static Problem WrongType(string expected) => Make(415, "media-type", "The media type is wrong", $"The body must be {expected}.");

    /// <summary>The body is not what the endpoint takes at all.</summary>
    public static Problem Malformed(FieldError error) => new(Describe(400, "malformed", "The request cannot be read", $"{error.Field}: {error.Message}") with { Errors = [error] });

    /// <summary>The body was read, and breaks rules.</summary>
    public static Problem Invalid(IReadOnlyList<FieldError> errors) => new(
        Describe(422, "invalid", "The request breaks rules", $"{errors[0].Field}: {errors[0].Message}") with
        {
            Errors = errors,
            Clause = errors.FirstOrDefault(error => error.Clause is not null)?.Clause,
        });

    /// <summary>The tenant's policy refuses what was sent; every clause that it breaks is listed.</summary>
    public static Problem Forbidden(string policy, int version, IReadOnlyList<FieldError> errors) => new(
        Describe(422, "policy", "The tenant's policy refuses the message", $"{errors[0].Field}: {errors[0].Message}") with
        {
            Errors = errors,
            Policy = policy,
            PolicyVersion = version,
            Clause = errors[0].Clause,
        });

    public static Problem Invalid(string field, string message) => Invalid([new(field, message)]);

    public static Problem KeyReused() => Make(422, "idempotency-key-reused", "The Idempotency-Key was used for another request",
        "Use a new key for a new request; a repeat must have the same body.");

    public static Problem Throttled(string detail, TimeSpan retryAfter) => new(Describe(429, "throttled", "Too much, too fast", detail), retryAfter);

    public static Problem NotYet(string detail) => Make(501, "not-implemented", "This is not served yet", detail);

    public static Problem Unavailable(string detail, TimeSpan? retryAfter = null) =>
        new(Describe(503, "unavailable", "It cannot be done now", detail), retryAfter ?? TimeSpan.FromSeconds(5));

    /// <summary>A policy or a limit refused: 429 when waiting cures it, else 403.</summary>
    public static Problem Refused(PermitRefusal refusal, TimeSpan retryAfter)
    {
        var throttled = refusal.State == "throttled";
        var body = Describe(throttled ? 429 : 403, throttled ? "throttled" : refusal.State, throttled ? "Too much, too fast" : $"The tenant is {refusal.State}", refusal.Words);
        return new(
            body with
            {
                State = refusal.State,
                Policy = refusal.Policy,
                PolicyVersion = refusal.PolicyVersion,
                Clause = refusal.Clause,
                Figures = FigureMap.Of(refusal.Figures),
            },
            throttled ? retryAfter : null);
    }

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        SetRetryAfter(response);
        response.StatusCode = Body.Status;
        return response.WriteAsJsonAsync(Body, ApiJson.Default.ProblemBody, ContentType, httpContext.RequestAborted);
    }

    /// <summary>Retry-After in whole seconds, where waiting cures.</summary>
    public void SetRetryAfter(HttpResponse response)
    {
        if (retryAfter is { } wait)
        {
            var seconds = wait == Timeout.InfiniteTimeSpan ? 60 : Math.Clamp(Math.Ceiling(wait.TotalSeconds), 1, 86_400);
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static Problem Make(int status, string type, string title, string detail) => new(Describe(status, type, title, detail));

    private static ProblemBody Describe(int status, string type, string title, string detail) => new(Root + type, title, status, detail);
}
