namespace Grid.System.Tests.Beds.Relays;

/// <summary>A mail server that takes everything and sends it on, and that bounces by itself what it can't send on.</summary>
internal interface IMailRelay : IAsyncDisposable
{
    /// <summary>Where it listens on 127.0.0.1.</summary>
    int Port { get; }

    /// <summary>The last that it logged.</summary>
    string Log();
}
