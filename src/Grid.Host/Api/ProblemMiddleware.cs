using System.Globalization;
using Grid.Core.Ports;
using Microsoft.AspNetCore.Http.Features;
using Orleans.Runtime;

namespace Grid.Host.Api;

/// <summary>
/// Makes problems of what goes wrong below: an unavailable store or grain (503), a request that breaks off or is too large, an unknown path (404),
/// anything unforeseen (500, logged with the trace id that the answer names). Every answer, until a page says otherwise, tells browsers to take it
/// for no other type than it says and to run and frame nothing of it.
/// </summary>
public sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        Problem? problem;
        Harmless(context.Response.Headers);
        try
        {
            await next(context);
            problem = IsBare(context.Response) ? Bare(context) : null;
        }
        catch (StoreUnavailableException unavailable)
        {
            problem = Problem.Unavailable(unavailable.Message);
        }
        catch (OrleansMessageRejectionException moved)
        {
            GrainOutOfReach(log, moved, context.Request.Method);
            problem = Problem.Unavailable("The process that answered for this is gone or overloaded; another one takes over in some seconds.");
        }
        catch (BadHttpRequestException bad)
        {
            problem = bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? Problem.TooLarge(context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0)
                : Problem.Malformed(new("request", bad.Message));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception fault)
        {
            UnforeseenFault(log, fault, context.Request.Method, context.TraceIdentifier);
            problem = Problem.Unforeseen(context.TraceIdentifier);
        }

        if (problem is not null && !context.Response.HasStarted)
        {
            context.Response.Clear();
            Harmless(context.Response.Headers);
            await problem.ExecuteAsync(context);
        }
    }

    private static void Harmless(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
    }

    /// <summary>A refusal by the framework, without a word.</summary>
    private static bool IsBare(HttpResponse response) =>
        !response.HasStarted && response is { StatusCode: 404 or 405 or 415, ContentType: null, ContentLength: null };

    private static Problem Bare(HttpContext context) => context.Response.StatusCode switch
    {
        405 => Problem.MethodNotAllowed(string.Create(CultureInfo.InvariantCulture, $"{context.Request.Method} is not served here.")),
        415 => Problem.WrongType("application/json"),
        _ => Problem.NotFound("Nothing is served at this path."),
    };
}
