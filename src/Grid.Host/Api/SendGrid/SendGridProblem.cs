using System.Text.RegularExpressions;

namespace Grid.Host.Api.SendGrid;

/// <summary>A problem in the form that SendGrid's clients read; what is 422 elsewhere is 400 there.</summary>
internal sealed partial class SendGridProblem(Problem problem) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = problem.Body;
        problem.SetRetryAfter(httpContext.Response);
        var errors = body.Errors is { } faults
            ? faults.Select(fault => new SendGridError(fault.Message, Index().Replace(fault.Field, ".$1"), null)).DistinctBy(error => error.Field)
            : [new SendGridError($"{body.Title}: {body.Detail}", null, body.Clause)];
        httpContext.Response.StatusCode = body.Status == 422 ? 400 : body.Status;
        return httpContext.Response.WriteAsJsonAsync(new SendGridErrors([.. errors]), SendGridJson.Default.SendGridErrors, cancellationToken: httpContext.RequestAborted);
    }

    /// <summary>Grid writes to[0], SendGrid to.0.</summary>
    [GeneratedRegex(@"\[([^\]]*)\]")]
    private static partial Regex Index();
}
