using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Feedback;
using Grid.Host.Ingress.Templates;

namespace Grid.Host.Api;

/// <summary>
/// A tenant's templates.
/// In: subject, text and HTML with tags. Out: the same; or filled in, for a look.
/// Guarantees that what is answered 200 or 201 can be read as a template, and holds for whatever is submitted after.
/// Fails: 404 no such template, 409 too many, 422 what can't be read or filled, and why, 429 too many changes.
/// </summary>
public static class TemplatesApi
{
    private const int MaxName = 64;
    private const int MaxChangesPerHour = 600;

    public static void MapTemplates(this IEndpointRouteBuilder routes)
    {
        var templates = routes.MapGroup("/v1/templates").RequireKey(CallerRole.Tenant).WithTags("Templates");
        templates.MapGet("", List).Produces<TemplatesBody>();
        templates.MapPut("/{name}", Put).Accepts<TemplateRequest>("application/json").Produces<TemplateBody>().Produces<TemplateBody>(201);
        templates.MapGet("/{name}", Get).Produces<TemplateBody>();
        templates.MapDelete("/{name}", Delete).Produces(204);
        templates.MapPost("/{name}/fill", Fill).Accepts<TemplateDataRequest>("application/json").Produces<FilledTemplateBody>();
    }

    private static async Task<IResult> List(HttpContext context, TemplateShelf shelf) => Answer.Json(
        new TemplatesBody([.. (await shelf.ListAsync(Caller.TenantOf(context), context.RequestAborted)).Select(kept => new TemplateNameBody(kept.Name, kept.ChangedAt))]), ApiJson.Default.TemplatesBody);

    private static async Task<IResult> Get(string name, HttpContext context, TemplateShelf shelf) =>
        await shelf.FindAsync(Caller.TenantOf(context), name, context.RequestAborted) is { } template ? Show(template, 200) : NoSuch(name);

    private static async Task<IResult> Put(string name, HttpContext context, TemplateShelf shelf, HourlyLimits limits, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.TemplateRequest);
        if (request is null)
        {
            return problem!;
        }

        var tenant = Caller.TenantOf(context);
        if (!limits.TryTake("templates of " + tenant, MaxChangesPerHour))
        {
            return Problem.Throttled($"At most {MaxChangesPerHour} templates are changed in an hour, as reading one takes its time.", TimeSpan.FromMinutes(5));
        }

        var faults = new Faults();
        if (name.Length > MaxName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'))
        {
            faults.Add("name", $"must be 1 to {MaxName} letters, digits, hyphens, dots or underscores");
        }

        var (text, html) = (Given(request.Text), Given(request.Html));
        if (text is null && html is null)
        {
            faults.Add("text", "is required, or html");
        }

        Read("subject", Given(request.Subject), html: false);
        Read("text", text ?? "-", html: false);
        Read("html", html ?? "-", html: true);
        if (!faults.None)
        {
            return faults.Problem;
        }

        var kept = await shelf.ListAsync(tenant, context.RequestAborted);
        var created = !kept.Any(template => template.Name == name);
        if (created && kept.Count >= TemplateShelf.MaxTemplates)
        {
            return Problem.Conflict($"A tenant has at most {TemplateShelf.MaxTemplates} templates; delete one first.");
        }

        var put = new MessageTemplate(name, request.Subject!, text, html, clock.GetUtcNow());
        await shelf.PutAsync(tenant, put, context.RequestAborted);
        return Show(put, created ? 201 : 200);

        void Read(string field, string? template, bool html)
        {
            if (template is null)
            {
                faults.Add(field, "is required");
                return;
            }

            try
            {
                shelf.Compiled(template, html);
            }
            catch (TemplateFaultException fault)
            {
                faults.Add(field, fault.Message);
            }
        }
    }

    private static async Task<IResult> Delete(string name, HttpContext context, TemplateShelf shelf) =>
        await shelf.RemoveAsync(Caller.TenantOf(context), name, context.RequestAborted) ? Results.NoContent() : NoSuch(name);

    private static async Task<IResult> Fill(string name, HttpContext context, TemplateShelf shelf)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.TemplateDataRequest);
        if (request is null)
        {
            return problem!;
        }

        if (await shelf.FindAsync(Caller.TenantOf(context), name, context.RequestAborted) is not { } template)
        {
            return NoSuch(name);
        }

        try
        {
            var filled = shelf.Fill(template, request.Data, new());
            return Answer.Json(new FilledTemplateBody(filled.Subject, filled.Text, filled.Html), ApiJson.Default.FilledTemplateBody);
        }
        catch (TemplateFaultException fault)
        {
            return Problem.Invalid("data", fault.Message);
        }
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static TemplateBody Body(MessageTemplate template) => new(template.Name, template.Subject, template.Text, template.Html, template.ChangedAt);

    private static IResult Show(MessageTemplate template, int status) => Answer.Json(Body(template), ApiJson.Default.TemplateBody, status);

    private static Problem NoSuch(string name) => Problem.NotFound($"There is no template '{name}'.");
}
