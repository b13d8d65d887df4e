using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Grid.Contracts.Enforcement;
using Grid.Grains.Ingress;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Ingress;
using Grid.Host.Ingress.Templates;
using Grid.Host.Options;

namespace Grid.Host.Api.SendGrid;

/// <summary>
/// SendGrid's v3 mail send, for clients that speak it.
/// In: a mail with up to 1,000 personalizations. Out: 202 without a body, the first message's id in X-Message-Id.
/// Guarantees: all personalizations are kept, or none; what would change what is sent, or to whom, and is not served (such as bypassing
/// suppressions) is refused rather than passed over; SendGrid.md has it case by case. In sandbox mode all is checked and nothing kept: 200.
/// Fails as Grid's own API does, in SendGrid's form, with 400 for what breaks rules.
/// </summary>
public static partial class MailSendApi
{
    /// <summary>More personalizations than may be are not looked at one by one.</summary>
    private const int MaxDrafted = 1000;

    public static void MapMailSend(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v3/mail").WithTags("SendGrid");
        group.AddEndpointFilter(static async (context, next) => await next(context) is var result && result is Problem problem ? new SendGridProblem(problem) : result);
        group.RequireKey(CallerRole.Tenant).MapPost("/send", Send).Accepts<SendGridMail>("application/json").Produces(202).WithMetadata(new VerbRequirement(null));
    }

    private static async Task<IResult> Send(HttpContext context, TenantDirectory directory, MessageDrafter drafter, TemplateShelf templates, PolicyGate gate, Intake intake, LimitOptions limits)
    {
        var tenant = Caller.TenantOf(context);
        if (await directory.FindAsync(tenant) is not { } spec)
        {
            return Problem.NotFound($"There is no tenant '{tenant}' any more.");
        }

        var (mail, problem) = await JsonRequest.ReadAsync(context, SendGridJson.Default.SendGridMail, limits.MaxBodyBytes);
        if (mail is null)
        {
            return problem!;
        }

        var faults = new Faults();
        var template = string.IsNullOrEmpty(mail.TemplateId) ? null : await templates.FindAsync(tenant, mail.TemplateId, context.RequestAborted);
        if (template is null && !string.IsNullOrEmpty(mail.TemplateId))
        {
            faults.Add("template_id", $"there is no template '{mail.TemplateId}'");
        }

        var work = new TemplateWork();
        Func<JsonElement?, FilledTemplate>? fill = template is null ? null : data => templates.Fill(template, data, work);
        var drafts = Draft(mail, spec, fill, drafter, intake, limits, faults, out var tooLarge);
        if (tooLarge)
        {
            return Problem.TooLarge(limits.MaxMessageBytes);
        }

        if (!faults.None)
        {
            return faults.Problem;
        }

        var submissions = new List<Submission>(drafts.Count);
        foreach (var drafted in drafts)
        {
            // The answer has no room for single recipients: it is all of them or none.
            switch (await gate.JudgeAsync(tenant, spec, drafted, whole: true, context.RequestAborted))
            {
                case Ingress.Draft.Ready ready:
                    submissions.Add(ready.Submission);
                    break;
                case Ingress.Draft.Forbidden forbidden:
                    return Problem.Forbidden(forbidden.Policy, forbidden.PolicyVersion, forbidden.Errors);
                case var draft:
                    throw new InvalidOperationException($"no judgement {draft.GetType().Name}");
            }
        }

        if (mail.MailSettings?.SandboxMode?.Enable == true)
        {
            return Results.Ok();
        }

        var result = await intake.AcceptAsync(tenant, submissions, null, context.RequestAborted);
        if (result is not IntakeResult.Accepted accepted)
        {
            return IntakeAnswer.Problem(result);
        }

        context.Response.Headers["X-Message-Id"] = accepted.Messages[0].Id.ToString();
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    /// <summary>A short request can stand for much mail: what is drafted together is bounded as a request is.</summary>
    private static List<Ingress.Draft.Ready> Draft(
        SendGridMail mail, TenantSpec spec, Func<JsonElement?, FilledTemplate>? fill, MessageDrafter drafter, Intake intake, LimitOptions limits, Faults faults, out bool tooLarge)
    {
        tooLarge = false;
        var submissions = new List<Ingress.Draft.Ready>();
        SendGridRules.Check(mail, faults);
        var personalizations = mail.Personalizations is { Count: <= MaxDrafted } given ? given : [];
        var bytes = 0L;
        for (var i = 0; i < personalizations.Count && !tooLarge; i++)
        {
            if (personalizations[i] is not { } personal)
            {
                continue;
            }

            if (!SendGridReader.TryRead(mail, personal, limits.MaxMessageBytes, out var message))
            {
                tooLarge = true;
                continue;
            }

            if (!string.IsNullOrEmpty(mail.TemplateId) && !TryFill(personal, i, fill, faults, ref message))
            {
                continue;
            }

            switch (drafter.FromFields(spec, message!, intake.NextId()))
            {
                case Ingress.Draft.Ready ready:
                    bytes += ready.Submission.Body.Length;
                    tooLarge = bytes > limits.MaxBodyBytes;
                    submissions.Add(ready);
                    break;
                case Ingress.Draft.Faulty faulty:
                    foreach (var fault in faulty.Errors)
                    {
                        var field = Field(i, fault);
                        if (!faults.Has(field) && !(field == "content" && faults.Errors.Any(error => error.Field.StartsWith("content.", StringComparison.Ordinal))))
                        {
                            faults.Add(field, fault.Message, fault.Clause);
                        }
                    }

                    break;
                case Ingress.Draft.TooLarge:
                    tooLarge = true;
                    break;
                case var draft:
                    throw new InvalidOperationException($"no draft {draft.GetType().Name}");
            }
        }

        return submissions;
    }

    /// <summary>Puts what the template says in the place of subject and content; false where it can't, which is told.</summary>
    private static bool TryFill(SendGridPersonalization personal, int personalization, Func<JsonElement?, FilledTemplate>? fill, Faults faults, ref OutgoingMessage? message)
    {
        try
        {
            if (fill?.Invoke(personal.DynamicTemplateData) is not { } filled)
            {
                return false;
            }

            message = message! with { Subject = filled.Subject, Text = filled.Text, Html = filled.Html };
            return true;
        }
        catch (TemplateFaultException fault)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"personalizations.{personalization}.dynamic_template_data"), fault.Message);
            return false;
        }
    }

    private static string Field(int personalization, FieldError error)
    {
        var recipient = Recipient().Match(error.Field);
        return recipient.Success
            ? string.Create(CultureInfo.InvariantCulture, $"personalizations.{personalization}.{recipient.Groups[1].Value}.{recipient.Groups[2].Value}.email")
            : error.Field switch
            {
                "from" => "from.email",
                "replyTo" => "reply_to.email",
                "text" => "content",
                "to" => string.Create(CultureInfo.InvariantCulture, $"personalizations.{personalization}.to"),
                "sendAt" => "send_at",
                "metadata" => "custom_args",
                "stream" => "headers." + SendGridRules.StreamHeader,
                var field => field,
            };
    }

    [GeneratedRegex(@"^(to|cc|bcc)\[([0-9]+)\]$")]
    private static partial Regex Recipient();
}
