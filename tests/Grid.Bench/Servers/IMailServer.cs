namespace Grid.Bench.Servers;

/// <summary>A server under test: takes mail on a port of 127.0.0.1 and relays all of it to one receiver.</summary>
internal interface IMailServer : IAsyncDisposable
{
    /// <summary>Port that takes mail over SMTP without AUTH.</summary>
    int Port { get; }

    /// <summary>Root of the server's process tree; null for none of its own.</summary>
    int? ProcessId { get; }

    /// <summary>Starts it, or starts it again on what it left behind, and returns when it takes mail.</summary>
    Task StartAsync(CancellationToken cancel);

    /// <summary>Ends every one of its processes at once with SIGKILL.</summary>
    Task KillAsync();
}
