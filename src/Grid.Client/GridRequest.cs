namespace Grid.Client;

/// <summary>Something to ask of the grid.</summary>
/// <param name="Path">With its query; its parts escaped.</param>
public sealed record GridRequest(HttpMethod Method, string Path)
{
    /// <summary>Null for a request without one.</summary>
    public string? Body { get; init; }

    /// <summary>A body that is no text, such as a message with 8-bit characters; goes before <see cref="Body"/>.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; init; }

    /// <summary>Of the body. Default: application/json.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>What the answer is to be in, such as application/yaml. Default: what the grid has it in, most often JSON.</summary>
    public string? Accept { get; init; }

    /// <summary>The same key never sends twice within 24 h.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Why an operator acts, for requests whose body has no field for it; at most 1,000 characters, it goes to the ledger.</summary>
    public string? Reason { get; init; }
}
