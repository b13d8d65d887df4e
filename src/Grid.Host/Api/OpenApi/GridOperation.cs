using System.Globalization;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Grid.Host.Api.OpenApi;

/// <summary>
/// What is said of each endpoint: its name and words, whose key it takes, the parameters that it reads by itself, and its errors. The name is made
/// of method and path, so that every endpoint has one and no two the same.
/// </summary>
internal sealed class GridOperation : IOpenApiOperationTransformer
{
    private const string SendGridPath = "v3/";

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var path = (context.Description.RelativePath ?? "").TrimEnd('/');
        var method = context.Description.HttpMethod ?? "GET";
        operation.OperationId = NameOf(method, path);
        operation.Summary ??= EndpointTexts.Summary(method, path) ?? Words(operation.OperationId);
        AddParameters(operation, method, path);
        var requirement = context.Description.ActionDescriptor.EndpointMetadata.OfType<KeyRequirement>().LastOrDefault();
        if (requirement is not null)
        {
            operation.Description = string.Join(" ", new[] { operation.Description, requirement.Role == CallerRole.Operator ? "Takes the operator's key." : "Takes a tenant's key." }.OfType<string>());
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(GridDocument.Bearer, context.Document)] = [] }];
        }

        await AddErrorsAsync(operation, context, method, path, requirement is not null, cancellationToken);
    }

    /// <summary>GET /v1/tenants/{tenant}/keys is getTenantsByTenantKeys.</summary>
    internal static string NameOf(string method, string path)
    {
        // Pages for everybody may be called as what operators see behind them: /abuse and /v1/abuse.
        var name = method.ToLowerInvariant() + (path.StartsWith('v') ? "" : "Public");
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "v1"))
        {
            var word = part.StartsWith('{') ? "By-" + part.Trim('{', '}').Split(':')[0] : part;
            name += string.Concat(word.Split('-', '.').Where(piece => piece.Length > 0).Select(piece => char.ToUpperInvariant(piece[0]) + piece[1..]));
        }

        return name;
    }

    /// <summary>For an endpoint that has no words of its own: its name, taken apart.</summary>
    private static string Words(string name)
    {
        var words = string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? " " + char.ToLowerInvariant(c) : c.ToString(CultureInfo.InvariantCulture)));
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static void AddParameters(OpenApiOperation operation, string method, string path)
    {
        foreach (var parameter in EndpointTexts.Parameters(method, path).Concat(InPath(path)))
        {
            operation.Parameters ??= [];
            if (operation.Parameters.FirstOrDefault(given => given.Name == parameter.Name && given.In == parameter.In) is { } there)
            {
                there.Description ??= parameter.Description;
            }
            else
            {
                operation.Parameters.Add(parameter);
            }
        }
    }

    /// <summary>Those of the path, which an endpoint may also read by itself.</summary>
    private static IEnumerable<OpenApiParameter> InPath(string path) =>
        from part in path.Split('/')
        where part.StartsWith('{')
        select new OpenApiParameter
        {
            Name = part.Trim('{', '}').Split(':')[0],
            In = ParameterLocation.Path,
            Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };

    private static async Task AddErrorsAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, string method, string path, bool takesKey, CancellationToken cancellationToken)
    {
        operation.Responses ??= [];
        var sendGrid = path.StartsWith(SendGridPath, StringComparison.Ordinal);
        var body = sendGrid ? typeof(SendGrid.SendGridErrors) : typeof(ProblemBody);
        context.Document!.AddComponent(body.Name, await context.GetOrCreateSchemaAsync(body, null, cancellationToken));
        foreach (var (status, words) in Errors(method, path, takesKey, operation.RequestBody is not null, operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Query) == true))
        {
            operation.Responses[status] = new OpenApiResponse
            {
                Description = words,
                Content = new Dictionary<string, OpenApiMediaType> { [sendGrid ? "application/json" : Problem.ContentType] = new() { Schema = new OpenApiSchemaReference(body.Name, context.Document) } },
            };
        }
    }

    private static IEnumerable<(string Status, string Words)> Errors(string method, string path, bool takesKey, bool hasBody, bool hasQuery)
    {
        if (takesKey)
        {
            yield return ("401", "The key is missing, unknown or revoked.");
            yield return ("403", "The key does not open this; or the tenant may not send, with state and clause.");
        }

        if (path.Contains('{', StringComparison.Ordinal))
        {
            yield return ("404", "There is no such thing.");
        }

        if (hasBody || hasQuery || method is "POST" or "PUT")
        {
            yield return ("400", "The request cannot be read: the field is named.");
        }

        if (takesKey && (method is "POST" or "PUT" or "DELETE") && !path.StartsWith(SendGridPath, StringComparison.Ordinal))
        {
            yield return ("409", "It cannot be done in this state: the detail says what is in the way.");
        }

        if (hasBody || method is "POST" or "PUT")
        {
            yield return ("413", "The request is too large.");
            yield return ("415", "The media type is wrong.");
            yield return ("422", "The request breaks rules: every fault is listed, with its clause.");
        }

        if (takesKey)
        {
            yield return ("429", "Too much, too fast: Retry-After says when to come again.");
            yield return ("503", "It cannot be done now, as the store cannot write; Retry-After says when to come again.");
        }
    }
}
