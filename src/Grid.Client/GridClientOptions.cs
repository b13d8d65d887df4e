namespace Grid.Client;

/// <summary>How a <see cref="GridClient"/> reaches the grid.</summary>
public sealed record GridClientOptions
{
    /// <summary>Base of the API, such as http://127.0.0.1:8080.</summary>
    public required Uri Url { get; init; }

    /// <summary>A tenant's key, or the operator's; null for public endpoints only.</summary>
    public string? Key { get; init; }

    /// <summary>Most attempts of one request, at least 1. Default 4.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>Longest attempt. Default 100 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>First wait between attempts; each further one is twice as long. Default 500 ms.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait that is granted to a Retry-After; where more is asked, the answer is handed on instead. Default 30 s.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
