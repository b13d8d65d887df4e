namespace Grid.Host.Options;

/// <summary>Bounds on what is taken in.</summary>
/// <param name="MaxMessageBytes">Largest message, 1 KiB to 100 MiB. Default 25 MiB.</param>
/// <param name="MaxRecipients">Most recipients of one message, 1 to 10,000. Default 1,000.</param>
/// <param name="MaxBatch">Most messages in a batch, 1 to 10,000. Default 1,000.</param>
/// <param name="MaxBodyBytes">Largest request, 64 KiB to 1 GiB. Default 100 MiB.</param>
/// <param name="MaxConnections">Most connections at once to an SMTP listener, 1 to 100,000. Default 1,000.</param>
/// <param name="MaxConnectionsPerPeer">Most connections at once from one address, 1 to 100,000. Default 200.</param>
/// <param name="MaxHttpConnections">Most connections at once to the HTTP addresses, 1 to 1,000,000. Default 10,000.</param>
/// <param name="MaxHttpConnectionsPerPeer">Most of them from one address that is no trusted proxy, 1 to 1,000,000. Default 1,000.</param>
public sealed record LimitOptions(
    int MaxMessageBytes, int MaxRecipients, int MaxBatch, int MaxBodyBytes, int MaxConnections, int MaxConnectionsPerPeer, int MaxHttpConnections, int MaxHttpConnectionsPerPeer)
{
    private const int KiB = 1024;
    private const int MiB = 1024 * KiB;

    /// <summary>The defaults.</summary>
    public static LimitOptions Default { get; } = new(25 * MiB, 1000, 1000, 100 * MiB, 1000, 200, 10_000, 1000);

    internal static LimitOptions Read(OptionsReader reader) => new(
        reader.Integer("Grid:Limits:MaxMessageBytes", Default.MaxMessageBytes, KiB, 100 * MiB),
        reader.Integer("Grid:Limits:MaxRecipients", Default.MaxRecipients, 1, 10_000),
        reader.Integer("Grid:Limits:MaxBatch", Default.MaxBatch, 1, 10_000),
        reader.Integer("Grid:Limits:MaxBodyBytes", Default.MaxBodyBytes, 64 * KiB, 1024 * MiB),
        reader.Integer("Grid:Limits:MaxConnections", Default.MaxConnections, 1, 100_000),
        reader.Integer("Grid:Limits:MaxConnectionsPerPeer", Default.MaxConnectionsPerPeer, 1, 100_000),
        reader.Integer("Grid:Limits:MaxHttpConnections", Default.MaxHttpConnections, 1, 1_000_000),
        reader.Integer("Grid:Limits:MaxHttpConnectionsPerPeer", Default.MaxHttpConnectionsPerPeer, 1, 1_000_000));

    /// <summary>
    /// The same with no more connections than the process' file descriptors allow: a quarter of them for HTTP, an eighth for each SMTP listener. What is
    /// left is for the store, for files, and for delivery.
    /// </summary>
    /// <param name="descriptors">How many the process may have.</param>
    internal LimitOptions Within(int descriptors) => this with
    {
        MaxConnections = Math.Min(MaxConnections, Math.Max(1, descriptors / 8)),
        MaxHttpConnections = Math.Min(MaxHttpConnections, Math.Max(1, descriptors / 4)),
    };
}
