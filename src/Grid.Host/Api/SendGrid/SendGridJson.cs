using System.Text.Json.Serialization;

namespace Grid.Host.Api.SendGrid;

/// <summary>JSON of SendGrid's v3 API: snake_case; fields that are not known here are passed over, as its clients send many.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    AllowDuplicateProperties = false,
    MaxDepth = 32)]
[JsonSerializable(typeof(SendGridMail))]
[JsonSerializable(typeof(SendGridErrors))]
[JsonSerializable(typeof(SendGridMetadata))]
internal sealed partial class SendGridJson : JsonSerializerContext;
