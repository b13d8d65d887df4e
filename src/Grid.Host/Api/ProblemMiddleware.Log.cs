namespace Grid.Host.Api;

public sealed partial class ProblemMiddleware
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "A {Method} request failed unforeseen; trace {TraceId}")]
    private static partial void UnforeseenFault(ILogger log, Exception fault, string method, string traceId);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "A {Method} request found its grain out of reach")]
    private static partial void GrainOutOfReach(ILogger log, Exception fault, string method);
}
