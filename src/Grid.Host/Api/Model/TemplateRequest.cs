namespace Grid.Host.Api.Model;

/// <summary>A template as PUT, in Mustache with Handlebars' if, unless, each and with; each part at most 262,144 characters and 500 tags.</summary>
/// <param name="Subject">Required.</param>
/// <param name="Text">This or html is required.</param>
/// <param name="Html">Values are escaped, but in <c>{{{…}}}</c>.</param>
public sealed record TemplateRequest(string? Subject, string? Text, string? Html);
