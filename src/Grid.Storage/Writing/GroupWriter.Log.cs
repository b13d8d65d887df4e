using Microsoft.Extensions.Logging;

namespace Grid.Storage.Writing;

internal sealed partial class GroupWriter
{
    [LoggerMessage(1, LogLevel.Error, "The store cannot write; every write is refused until it can.")]
    private partial void LogUnavailable(Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "The store can write again.")]
    private partial void LogAvailable();

    [LoggerMessage(3, LogLevel.Error, "A transaction could not be undone.")]
    private partial void LogRollbackFailed(Exception exception);

    [LoggerMessage(4, LogLevel.Critical, "The consumer of committed outcomes failed; its counters lag until they are replayed.")]
    private partial void LogConsumerFailed(Exception exception);

    [LoggerMessage(5, LogLevel.Error, "Finished bodies could not be deleted now; they will be later.")]
    private partial void LogTidyFailed(Exception exception);
}
