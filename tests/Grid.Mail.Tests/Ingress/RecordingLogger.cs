using Grid.Mail.Ingress;
using Microsoft.Extensions.Logging;

namespace Grid.Mail.Tests.Ingress;

/// <summary>Keeps what was logged as an error.</summary>
internal sealed class RecordingLogger : ILogger<SmtpListener>
{
    public List<string> Errors { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Warning)
            Errors.Add(formatter(state, exception));
    }
}
