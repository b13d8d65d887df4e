using System.Text.Json;

namespace Grid.Host.Api.Model;

/// <summary>What a tenant said of a message, kept with it.</summary>
public sealed record MessageDetails(string? From, string? Subject, JsonElement? Metadata, ConsentBody? Consent)
{
    public string? Purpose { get; init; }

    public string? Topic { get; init; }

    public string? Reason { get; init; }

    public string? Attestation { get; init; }
}
