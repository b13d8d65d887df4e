using System.Security.Cryptography;
using System.Text;
using Grid.Core.Enforcement;
using Grid.Grains.Ingress;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Ingress;
using Grid.Host.Ingress.Templates;
using Grid.Host.Options;

namespace Grid.Host.Api;

/// <summary>
/// Submission of messages by tenants.
/// In: messages as fields, one or a batch, or as a whole. Out: 202 with what became of each recipient.
/// Guarantees: 202 is answered after the durable commit; with an Idempotency-Key a repeat is answered as the first was and keeps nothing twice.
/// Fails: 400 unreadable, 403 the tenant may not send, 413 too large, 422 with every fault, 429 throttled with Retry-After, 503 the store cannot write.
/// </summary>
public static class MessagesApi
{
    /// <summary>Recipients of a whole batch.</summary>
    private const int MaxBatchRecipients = 50_000;

    /// <summary>JSON takes more room than the message: base64 and escapes.</summary>
    private const int JsonOverhead = 2;

    /// <summary>Text in quoted-printable takes up to three times its room.</summary>
    private const long EncodedOverhead = 3;

    public static void MapMessages(this IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/v1/messages").RequireKey(CallerRole.Tenant).WithTags("Messages");
        messages.MapPost("", Submit).Accepts<OutgoingMessage>("application/json").Produces<AcceptedBody>(202).WithMetadata(new VerbRequirement(null));
        messages.MapPost("/batch", SubmitBatch).Accepts<BatchRequest>("application/json").Produces<BatchBody>(202).WithMetadata(new VerbRequirement(null));
        messages.MapPost("/raw", SubmitRaw).Produces<AcceptedBody>(202).WithMetadata(new VerbRequirement(null));
        messages.MapPost("/check", Check).Accepts<OutgoingMessage>("application/json").Produces<CheckBody>().WithMetadata(new VerbRequirement(Verb.Read));
        messages.MapGet("/{id}", MessageHistory.Get).Produces<MessageBody>().WithMetadata(new VerbRequirement(Verb.Export));
        messages.MapDelete("/{id}", MessageHistory.Cancel).Produces<CancelledBody>();
    }

    private static async Task<IResult> Submit(
        HttpContext context, TenantDirectory directory, MessageDrafter drafter, TemplateShelf templates, PolicyGate gate, Intake intake, LimitOptions limits, IngressInstruments instruments)
    {
        if (!IdempotencyKey.TryRead(context.Request, out var key, out var problem))
        {
            return problem;
        }

        var (tenant, spec) = await TenantAsync(context, directory);
        var maxBytes = (int)Math.Min((long)limits.MaxMessageBytes * JsonOverhead, limits.MaxBodyBytes);
        using var body = await RequestBody.ReadAsync(context, maxBytes);
        if (body is null)
        {
            return Problem.TooLarge(maxBytes);
        }

        if (!JsonRequest.TryRead(body.Bytes.Span, ApiJson.Default.OutgoingMessage, out var message, out var error))
        {
            return Problem.Malformed(error);
        }

        var drafted = await DraftAsync(new(templates, tenant), spec, message, drafter, intake, context.RequestAborted);
        var draft = await gate.JudgeAsync(tenant, spec, drafted, whole: false, context.RequestAborted);
        var idempotency = Idempotency(key, context.Request, body.Bytes.Span, static accepted => AcceptedWriter.WriteOne(accepted[0]));
        return await AcceptAsync(tenant, draft, idempotency, intake, instruments, context.RequestAborted);
    }

    private static async Task<IResult> SubmitRaw(
        HttpContext context, TenantDirectory directory, RawDrafter drafter, PolicyGate gate, Intake intake, LimitOptions limits, IngressInstruments instruments)
    {
        if (!IdempotencyKey.TryRead(context.Request, out var key, out var problem))
        {
            return problem;
        }

        if (context.Request.ContentType?.StartsWith("message/rfc822", StringComparison.OrdinalIgnoreCase) != true)
        {
            return Problem.WrongType("message/rfc822");
        }

        var (tenant, spec) = await TenantAsync(context, directory);
        using var body = await RequestBody.ReadAsync(context, limits.MaxMessageBytes);
        if (body is null)
        {
            return Problem.TooLarge(limits.MaxMessageBytes);
        }

        var faults = new Faults();
        var recipients = new RecipientList(limits.MaxRecipients, faults);
        recipients.Read("to", context.Request.Query["to"]);
        recipients.RequireOne();
        var stream = MessageDrafter.ReadStream(context.Request.Query["stream"], faults);
        var campaign = faults.OptionalText("campaign", context.Request.Query["campaign"], MessageDrafter.MaxCampaign);
        var drafted = drafter.Draft(spec, new RawMessage(body.Bytes.ToArray(), recipients, stream, campaign), intake.NextId(), faults);
        var draft = await gate.JudgeAsync(tenant, spec, drafted, whole: false, context.RequestAborted);
        var idempotency = Idempotency(key, context.Request, body.Bytes.Span, static accepted => AcceptedWriter.WriteOne(accepted[0]));
        return await AcceptAsync(tenant, draft, idempotency, intake, instruments, context.RequestAborted);
    }

    private static async Task<IResult> SubmitBatch(
        HttpContext context, TenantDirectory directory, MessageDrafter drafter, TemplateShelf templates, PolicyGate gate, Intake intake, LimitOptions limits, IngressInstruments instruments)
    {
        if (!IdempotencyKey.TryRead(context.Request, out var key, out var problem))
        {
            return problem;
        }

        var (tenant, spec) = await TenantAsync(context, directory);
        using var body = await RequestBody.ReadAsync(context, limits.MaxBodyBytes);
        if (body is null)
        {
            return Problem.TooLarge(limits.MaxBodyBytes);
        }

        var messages = new List<(OutgoingMessage? Message, FieldError? Error)>();
        var broken = BatchReader.Read(body.Bytes.Span, limits.MaxBatch, (message, error) => messages.Add((message, error)));
        if (broken is not null)
        {
            return broken.Field == "messages" ? Problem.Invalid([broken]) : Problem.Malformed(broken);
        }

        var submissions = new List<Submission>();
        var errors = new List<IReadOnlyList<FieldError>?>(messages.Count);
        var recipients = 0;
        var bytes = 0L;
        var run = new TemplateRun(templates, tenant);
        foreach (var (message, error) in messages)
        {
            var drafted = message is null ? new Draft.Faulty([error!]) : await DraftAsync(run, spec, message, drafter, intake, context.RequestAborted);
            var draft = await gate.JudgeAsync(tenant, spec, drafted, whole: false, context.RequestAborted);
            errors.Add(ErrorsOf(draft));
            if (draft is Draft.Ready ready)
            {
                submissions.Add(ready.Submission);
                recipients += ready.Submission.Recipients.Count;

                // A short request can stand for much mail, where templates are filled: no more is held together than a long one would be, encoded.
                if ((bytes += ready.Submission.Body.Length) > EncodedOverhead * limits.MaxBodyBytes)
                {
                    return Problem.TooLarge(limits.MaxBodyBytes);
                }
            }
        }

        if (recipients > MaxBatchRecipients)
        {
            return Problem.Invalid("messages", $"must have at most {MaxBatchRecipients} recipients together");
        }

        instruments.Refuse("http", "invalid", errors.Count - submissions.Count);
        if (submissions.Count == 0)
        {
            return Answer.Written(AcceptedWriter.WriteBatch([], errors), 202);
        }

        ReadOnlyMemory<byte> Render(IReadOnlyList<AcceptedMessage> accepted) => AcceptedWriter.WriteBatch(accepted, errors);
        var result = await intake.AcceptAsync(tenant, submissions, Idempotency(key, context.Request, body.Bytes.Span, Render), context.RequestAborted);
        var turnedAway = result is IntakeResult.Accepted { Messages: var answered } ? answered.Count(message => message.Recipients.All(recipient => recipient.Status == "refused")) : 0;
        instruments.Count("http", result, submissions.Count - turnedAway);
        instruments.Refuse("http", "suspended", turnedAway);
        return IntakeAnswer.Of(result, Render);
    }

    private static async Task<IResult> Check(HttpContext context, TenantDirectory directory, MessageDrafter drafter, TemplateShelf templates, MessageCheck check, Intake intake, LimitOptions limits)
    {
        var (tenant, spec) = await TenantAsync(context, directory);
        var maxBytes = (int)Math.Min((long)limits.MaxMessageBytes * JsonOverhead, limits.MaxBodyBytes);
        var (message, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.OutgoingMessage, maxBytes);
        return message is null
            ? problem!
            : Answer.Json(await check.RunAsync(tenant, spec, await DraftAsync(new(templates, tenant), spec, message, drafter, intake, context.RequestAborted), context.RequestAborted), ApiJson.Default.CheckBody);
    }

    private static async ValueTask<Draft> DraftAsync(
        TemplateRun templates, Contracts.Enforcement.TenantSpec spec, OutgoingMessage message, MessageDrafter drafter, Intake intake, CancellationToken cancellationToken)
    {
        var (filled, fault) = await templates.FillAsync(message, cancellationToken);
        return fault is null ? drafter.FromFields(spec, filled, intake.NextId()) : new Draft.Faulty([fault]);
    }

    private static async Task<IResult> AcceptAsync(
        string tenant, Draft draft, IdempotencyRequest? idempotency, Intake intake, IngressInstruments instruments, CancellationToken cancellationToken)
    {
        if (draft is Draft.TooLarge large)
        {
            instruments.Refuse("http", "tooLarge", 1);
            return Problem.TooLarge(large.LimitBytes);
        }

        if (draft is Draft.Forbidden forbidden)
        {
            instruments.Refuse("http", "policy", 1);
            return Problem.Forbidden(forbidden.Policy, forbidden.PolicyVersion, forbidden.Errors);
        }

        if (draft is not Draft.Ready ready)
        {
            instruments.Refuse("http", "invalid", 1);
            return Problem.Invalid(ErrorsOf(draft)!);
        }

        var result = await intake.AcceptAsync(tenant, [ready.Submission], idempotency, cancellationToken);
        instruments.Count("http", result, 1);
        return IntakeAnswer.Of(result, static accepted => AcceptedWriter.WriteOne(accepted[0]));
    }

    /// <summary>Null for a message that is ready.</summary>
    private static IReadOnlyList<FieldError>? ErrorsOf(Draft draft) => draft switch
    {
        Draft.Ready => null,
        Draft.Faulty faulty => faulty.Errors,
        Draft.Forbidden forbidden => forbidden.Errors,
        Draft.TooLarge large => [new("message", $"is larger than {large.LimitBytes} bytes")],
        _ => throw new InvalidOperationException($"no draft {draft.GetType().Name}"),
    };

    private static async ValueTask<(string Tenant, Contracts.Enforcement.TenantSpec Spec)> TenantAsync(HttpContext context, TenantDirectory directory)
    {
        var tenant = Caller.TenantOf(context);
        return (tenant, await directory.FindAsync(tenant) ?? throw new InvalidOperationException("a key belongs to a tenant that does not exist"));
    }

    /// <summary>A repeat is the same request at the same path, with the same query and body.</summary>
    private static IdempotencyRequest? Idempotency(
        string? key, HttpRequest request, ReadOnlySpan<byte> body, Func<IReadOnlyList<AcceptedMessage>, ReadOnlyMemory<byte>> render)
    {
        if (key is null)
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path}{request.QueryString}\n"));
        hash.AppendData(body);
        return new(key, hash.GetHashAndReset(), render);
    }
}
