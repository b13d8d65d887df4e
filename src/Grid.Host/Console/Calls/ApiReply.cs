using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Grid.Host.Api;
using Grid.Host.Api.Model;

namespace Grid.Host.Console.Calls;

/// <summary>What the API answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The whole body; empty for none.</param>
public sealed record ApiReply(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>It was done.</summary>
    public bool Ok => Status is >= 200 and < 300;

    /// <summary>The body as an object; null where the answer is a refusal.</summary>
    public T? Read<T>(JsonTypeInfo<T> type)
        where T : class => Ok && Body.Length > 0 ? JsonSerializer.Deserialize(Body.Span, type) : null;

    /// <summary>Why it was refused; null where it wasn't.</summary>
    public ProblemBody? Problem => Ok ? null
        : Body.Length > 0 ? JsonSerializer.Deserialize(Body.Span, ApiJson.Default.ProblemBody)
        : new("urn:grid:problem:bare", "It was refused", Status, $"The status is {Status}.");
}
