using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grid.Host.Api;

/// <summary>Enum values as camelCase names; numbers are refused.</summary>
internal sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
