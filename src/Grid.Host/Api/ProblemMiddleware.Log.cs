namespace Grid.Host.Api;

public sealed partial class ProblemMiddleware
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "A {Method} request failed unforeseen; trace {TraceId}")]
    private static partial void UnforeseenFault(ILogger log, Exception fault, string method, string traceId);
}
