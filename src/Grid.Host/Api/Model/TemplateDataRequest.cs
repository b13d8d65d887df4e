using System.Text.Json;

namespace Grid.Host.Api.Model;

/// <summary>What a template is to be filled with.</summary>
/// <param name="Data">An object.</param>
public sealed record TemplateDataRequest(JsonElement? Data);
