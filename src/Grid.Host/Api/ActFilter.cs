using Grid.Core.Vocabulary;

namespace Grid.Host.Api;

/// <summary>Sets down in the ledger what its endpoint did, unless that answers a problem.</summary>
/// <param name="subject">Whom it was done to; null where it isn't the operator's doing.</param>
/// <param name="named">Names in the path that say what it was done with, such as a key's selector; never a person's address.</param>
internal sealed class ActFilter(string action, Func<RouteValueDictionary, Subject?> subject, string[] named) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var answer = await next(context);
        if (answer is not Problem && subject(http.Request.RouteValues) is { } whom)
        {
            var evidence = string.Join(' ', named.Select(name => http.Request.RouteValues[name] as string));
            await http.RequestServices.GetRequiredService<OperatorActs>().RecordAsync(http, whom, action, [], evidence.Length == 0 ? null : evidence);
        }

        return answer;
    }
}
