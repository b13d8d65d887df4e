using Grid.Core.Vocabulary;

namespace Grid.Host.Api;

/// <summary>Sets down in the ledger what its endpoint did, unless that answers a problem.</summary>
internal sealed class ActFilter(string action, SubjectKind kind, string routeValue) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        if (answer is not Problem && OperatorActs.SubjectOf(kind, context.HttpContext.Request.RouteValues[routeValue] as string) is { } subject)
        {
            await context.HttpContext.RequestServices.GetRequiredService<OperatorActs>().RecordAsync(context.HttpContext, subject, action, []);
        }

        return answer;
    }
}
