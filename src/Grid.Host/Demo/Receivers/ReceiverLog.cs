using Grid.Mail.Ingress;

namespace Grid.Host.Demo.Receivers;

/// <summary>Shows warnings and errors of the receivers' servers as events of note.</summary>
internal sealed class ReceiverLog(Journal journal) : ILogger<SmtpListener>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            journal.Add($"a receiver: {formatter(state, exception)} {exception?.Message}");
        }
    }
}
