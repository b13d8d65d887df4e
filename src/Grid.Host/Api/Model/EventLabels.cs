using System.Text.Json;
using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>What a tenant said of the message that an outcome is about.</summary>
internal static class EventLabels
{
    /// <summary>The event with campaign and metadata of its message.</summary>
    public static EventBody With(this EventBody body, MessageLabels? labels) =>
        labels is null ? body : body with { Campaign = labels.Campaign, Metadata = Metadata(labels) };

    /// <summary>The metadata as they were given; null where there were none.</summary>
    public static JsonElement? Metadata(MessageLabels? labels) =>
        labels?.Details is { } details ? JsonSerializer.Deserialize(details, ApiJson.Default.MessageDetails)?.Metadata : null;
}
