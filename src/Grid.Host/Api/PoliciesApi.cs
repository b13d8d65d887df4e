using System.Text;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>Policies, for the operator.</summary>
public static class PoliciesApi
{
    public static void MapPolicies(this IEndpointRouteBuilder routes)
    {
        var policies = routes.MapGroup("/v1/policies").RequireKey(CallerRole.Operator).WithTags("Policies");
        policies.MapGet("", List).Produces<PoliciesBody>();
        policies.MapGet("/{name}", Get).Produces<PolicyBody>();
        policies.MapPut("/{name}", (string name) => Problem.NotYet($"The policy '{name}' is built in; pushed policies are not served yet.")).ProducesProblem(501);
        policies.MapPost("/{name}/preview", (string name) => Problem.NotYet($"A preview of '{name}' is not served yet.")).ProducesProblem(501);
    }

    private static IResult List(PolicyShelf shelf) =>
        Answer.Json(new PoliciesBody([.. shelf.All.Select(policy => new PolicyName(policy.Name, policy.Version))]), ApiJson.Default.PoliciesBody);

    /// <summary>YAML where the client asks for it, else JSON.</summary>
    private static async Task<IResult> Get(string name, HttpContext context, PolicyShelf shelf)
    {
        if (await shelf.FindAsync(name, context.RequestAborted) is not { } policy)
        {
            return Problem.NotFound($"There is no policy '{name}'.");
        }

        var body = PolicyShelf.Show(policy);
        return context.Request.Headers.Accept.Any(accept => accept?.Contains("yaml", StringComparison.OrdinalIgnoreCase) == true)
            ? TypedResults.Text(PolicyYaml.Write(body), PolicyYaml.MediaType, Encoding.UTF8)
            : Answer.Json(body, ApiJson.Default.PolicyBody);
    }
}
