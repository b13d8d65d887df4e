namespace Grid.Host.Api.SendGrid;

/// <summary>A problem in the form that SendGrid's clients read; what is 422 elsewhere is 400 there.</summary>
internal sealed class SendGridProblem(Problem problem) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = problem.Body;
        problem.SetRetryAfter(httpContext.Response);
        var errors = body.Errors is { } faults
            ? faults.Select(fault => new SendGridError(fault.Message, fault.Field, null))
            : [new SendGridError($"{body.Title}: {body.Detail}", null, body.Clause)];
        httpContext.Response.StatusCode = body.Status == 422 ? 400 : body.Status;
        return httpContext.Response.WriteAsJsonAsync(new SendGridErrors([.. errors]), SendGridJson.Default.SendGridErrors, cancellationToken: httpContext.RequestAborted);
    }
}
