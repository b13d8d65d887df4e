using System.Text.Json.Serialization;
using Grid.Core.Vocabulary;

namespace Grid.Storage.Enforcement;

/// <summary>How a decision is written down.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Decision))]
internal sealed partial class LedgerJson : JsonSerializerContext;
