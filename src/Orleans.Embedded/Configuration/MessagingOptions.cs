namespace Orleans.Configuration;

/// <summary>Options of calls.</summary>
public abstract class MessagingOptions
{
    /// <summary>How long a caller waits before its call fails with a <see cref="TimeoutException"/>; default 30 s.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
