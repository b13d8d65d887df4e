using System.Text.Json.Serialization;

namespace Grid.Host.Api.Access;

/// <summary>JSON of what access control stores.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoredOperatorKey))]
internal sealed partial class AccessJson : JsonSerializerContext;
