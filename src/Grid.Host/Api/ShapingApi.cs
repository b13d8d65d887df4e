using System.Text;
using Grid.Core.Vocabulary;
using Grid.Grains.Sending;
using Grid.Host.Admission;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>Shaping profiles, for the operator.</summary>
public static class ShapingApi
{
    public static void MapShaping(this IEndpointRouteBuilder routes)
    {
        var shaping = routes.MapGroup("/v1/shaping").RequireKey(CallerRole.Operator).WithTags("Shaping");
        shaping.MapGet("", Get).Produces<ShapingBody>();
        shaping.MapPut("", Put).Accepts<string>(PolicyMedia.Yaml, PolicyMedia.Json).Produces<ShapingBody>().OnLedger("push", _ => Subject.Setting("shaping"));
    }

    /// <summary>YAML where the client asks for it, else JSON.</summary>
    private static IResult Get(HttpContext context, ShapingBook book) =>
        PolicyMedia.WantsYaml(context.Request)
            ? TypedResults.Text(book.Pushed?.Text ?? BuiltInShaping.Text, PolicyMedia.Yaml, Encoding.UTF8)
            : Answer.Json(ShapingBody.Of(book), ApiJson.Default.ShapingBody);

    private static async Task<IResult> Put(HttpContext context, ShapingBook book)
    {
        using var body = await RequestBody.ReadAsync(context, ShapingYaml.MaxLength);
        if (body is null)
        {
            return Problem.TooLarge(ShapingYaml.MaxLength);
        }

        var text = Encoding.UTF8.GetString(body.Bytes.Span);
        var read = ShapingYaml.Read(text);
        if (read.Faults.Count > 0)
        {
            return Problem.Invalid([.. read.Faults.Select(fault => new FieldError("profiles", fault))]);
        }

        await book.PushAsync(text, read.Profiles, context.RequestAborted);
        return Answer.Json(ShapingBody.Of(book), ApiJson.Default.ShapingBody);
    }
}
