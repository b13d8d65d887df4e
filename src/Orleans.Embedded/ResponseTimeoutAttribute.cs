using System.Globalization;

namespace Orleans;

/// <summary>How long callers of this method wait, instead of <see cref="Configuration.MessagingOptions.ResponseTimeout"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
{
    /// <summary>The time, written as a TimeSpan ("00:00:05").</summary>
    public TimeSpan? Timeout { get; init; } = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);
}
