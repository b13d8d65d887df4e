using System.Text.Json.Nodes;

namespace Grid.Cli.Tests.Parity;

/// <summary>A request that a command made, and its answer.</summary>
/// <param name="Path">Without the query.</param>
/// <param name="MediaType">Of the answer.</param>
/// <param name="Answer">Null where it is no JSON.</param>
internal sealed record Call(string Method, string Path, IReadOnlyList<string> Query, string Body, int Status, string? MediaType, JsonNode? Answer);
