using System.Net;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement.Vetting;
using Grid.Core.Ingress;
using Grid.Grains.Enforcement;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Enforcement;
using Grid.Host.Feedback;

namespace Grid.Host.Api;

/// <summary>
/// Who a tenant is, before it may send: what its policy demands, and what is there of it. The tenant brings its part itself, or the operator
/// for it; checklist and decision are the operator's.
/// </summary>
public static class VettingApi
{
    private const int MaxText = 200;
    private const int MaxEvidence = 4000;
    private const int MaxReason = 1000;
    private const int MaxName = 100;

    /// <summary>Mails of one tenant that ask for confirmation, in an hour.</summary>
    private const int MaxAskedPerHour = 20;

    /// <summary>The same of one address.</summary>
    private const int MaxAskedOfOnePerHour = 3;

    public static void MapVetting(this IEndpointRouteBuilder routes)
    {
        Map(routes.MapGroup("/v1/vetting").RequireKey(CallerRole.Tenant).WithTags("Vetting"));
        var operators = routes.MapGroup("/v1/tenants/{tenant}/vetting").RequireKey(CallerRole.Operator).WithTags("Vetting");
        Map(operators);
        operators.MapPut("/checklist/{item}", Check).Accepts<ChecklistRequest>("application/json").Produces<VettingBody>();
        operators.MapPost("/decision", Decide).Accepts<VettingDecisionRequest>("application/json").Produces<VettingBody>();
    }

    private static void Map(RouteGroupBuilder vetting)
    {
        vetting.MapGet("", Get).Produces<VettingBody>();
        vetting.MapPut("", Put).Accepts<VettingRequest>("application/json").Produces<VettingBody>();
        vetting.MapPost("/acceptance", Accept).Accepts<AcceptanceRequest>("application/json").Produces<VettingBody>();
        vetting.MapPost("/attestations", Attest).Accepts<AttestationRequest>("application/json").Produces<VettingBody>();
        vetting.MapPost("/addresses", Ask).Accepts<AddressRequest>("application/json").Produces<VettingBody>(202);
        vetting.MapPost("/domains/{domain}/check", CheckDomain).Produces<VettingBody>();
    }

    private static Task<IResult> Get(HttpContext context, VettingShow show) => show.AnswerAsync(context, null);

    private static async Task<IResult> Put(HttpContext context, VettingDesk desk, VettingShow show, IdentityMemory memory)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.VettingRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        if (request.LegalType is not (null or "company" or "person"))
        {
            faults.Add("legalType", "must be company or person");
        }

        if (request.SenderNames?.Count > VettingFile.MaxEach)
        {
            faults.Add("senderNames", $"must be at most {VettingFile.MaxEach} names");
        }

        List<string>? names = faults.None ? request.SenderNames?.Select((name, i) => faults.Text($"senderNames[{i}]", name, MaxName)).Distinct().ToList() : null;
        var payment = faults.OptionalText("paymentReference", request.PaymentReference, MaxText);
        if (!faults.None)
        {
            return faults.Problem;
        }

        var words = string.Join(", ", new[] { request.LegalType, names is null ? null : "names: " + string.Join(", ", names), payment is null ? null : "payment reference" }.OfType<string>());
        var note = new VettingNote("vetting-details", VettingShow.By(context), VettingShow.Words(context, words.Length > MaxReason ? words[..MaxReason] : words))
        {
            LegalType = request.LegalType,
            SenderNames = names,
            PaymentMark = payment is null ? null : memory.Mark("payment", payment),
        };
        return await show.AnswerAsync(context, tenant => desk.NoteAsync(tenant, note, context.RequestAborted));
    }

    private static async Task<IResult> Accept(HttpContext context, VettingDesk desk, VettingShow show, PolicyBook book, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.AcceptanceRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        if (await DeclaredAsync(context, desk, book, request.Person, request.Ip, faults) is not var (person, ip, policy))
        {
            return VettingShow.NoSuch(context);
        }

        if (request.Version is { } version && version != policy.Policy.Version)
        {
            faults.Add("version", $"version {policy.Policy.Version} of policy {policy.Policy.Name} is in force, not {version}: read and accept that");
        }

        if (!faults.None)
        {
            return faults.Problem;
        }

        var accepted = new PolicyAcceptance(policy.Policy.Name, policy.Policy.Version, policy.Hash, policy.Policy.Effective, person, clock.GetUtcNow(), ip);
        return await show.AnswerAsync(context, tenant => desk.NoteAsync(
            tenant, new("vetting-acceptance", VettingShow.By(context), VettingShow.Words(context, $"{person} accepted {accepted.Policy}, version {accepted.Version}, text {accepted.Hash}")) { Acceptance = accepted }, context.RequestAborted));
    }

    private static async Task<IResult> Attest(HttpContext context, VettingDesk desk, VettingShow show, PolicyBook book, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.AttestationRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        if (await DeclaredAsync(context, desk, book, request.Person, request.Ip, faults) is not var (person, ip, running))
        {
            return VettingShow.NoSuch(context);
        }

        var policy = running.Policy;
        var regimes = (request.Regimes ?? []).OfType<string>().Distinct().ToList();
        if (regimes.Count == 0 || regimes.Exists(regime => !policy.Vetting.Regimes.Contains(regime)))
        {
            faults.Add("regimes", policy.Vetting.Regimes.Count == 0 ? $"policy {policy.Name} names no law" : $"must be some of {string.Join(", ", policy.Vetting.Regimes)}");
        }

        if (!faults.None)
        {
            return faults.Problem;
        }

        var now = clock.GetUtcNow();
        return await show.AnswerAsync(context, tenant => desk.NoteAsync(
            tenant,
            new("vetting-attestation", VettingShow.By(context), VettingShow.Words(context, $"{person} attests that {string.Join(", ", regimes)} are kept"))
            {
                Attestations = [.. regimes.Select(regime => new RegimeAttestation(regime, policy.Name, policy.Version, policy.Effective, person, now, ip))],
            },
            context.RequestAborted));
    }

    /// <summary>Mails the address a link by which its reader confirms it.</summary>
    private static async Task<IResult> Ask(HttpContext context, VettingDesk desk, VettingShow show, AddressLetters letters, HourlyLimits limits, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.AddressRequest);
        if (request is null)
        {
            return problem!;
        }

        if (!AddressNormalForm.TryNormalise(request.Address ?? "", out var address))
        {
            return Problem.Invalid("address", "must be an address such as ops@example.com");
        }

        var asked = VettingShow.TenantOf(context);
        if (await desk.FindAsync(asked) is null)
        {
            return VettingShow.NoSuch(context);
        }

        if (!limits.TryTake("addresses of " + asked, MaxAskedPerHour) || !limits.TryTake("address " + address, MaxAskedOfOnePerHour))
        {
            return Problem.Throttled($"At most {MaxAskedPerHour} addresses are asked in an hour, and each {MaxAskedOfOnePerHour} times.", TimeSpan.FromHours(1));
        }

        if (!await letters.AskAsync(asked, address, context.RequestAborted))
        {
            return Problem.Invalid("address", "can't be mailed");
        }

        return await show.AnswerAsync(
            context,
            tenant => desk.NoteAsync(tenant, new("vetting-address", VettingShow.By(context), VettingShow.Words(context, $"{address} was asked to confirm itself")) { Address = new(address, clock.GetUtcNow(), null) }, context.RequestAborted),
            202);
    }

    private static async Task<IResult> CheckDomain(string domain, HttpContext context, VettingDesk desk, VettingShow show, DomainChallenge challenge, IGrainFactory grains)
    {
        var name = VettingShow.TenantOf(context);
        if (!SubjectNames.IsTenant(name) || await grains.GetGrain<ITenantGrain>(name).Find() is not { } view)
        {
            return VettingShow.NoSuch(context);
        }

        if (!SubjectKeys.TryDomain(domain, out var known) || !view.Spec.SendingDomains.Contains(known))
        {
            return Problem.NotFound($"'{domain}' is no sending domain of the tenant's.");
        }

        var proof = await challenge.CheckAsync(name, known, context.RequestAborted);
        return await show.AnswerAsync(context, tenant => desk.NoteAsync(tenant, new("vetting-domain", VettingShow.By(context), VettingShow.Words(context, $"{known}: {proof.Words}")) { Domain = proof }, context.RequestAborted));
    }

    private static async Task<IResult> Check(string item, HttpContext context, VettingDesk desk, VettingShow show, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.ChecklistRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        if (!VettingDemands.Checklist.ContainsKey(item))
        {
            faults.Add("item", $"must be one of {string.Join(", ", VettingDemands.Checklist.Keys)}");
        }

        if (request.Verdict is not ("pass" or "fail" or "open"))
        {
            faults.Add("verdict", "must be pass, fail or open");
        }

        var evidence = faults.Text("evidence", request.Evidence, MaxEvidence);
        return faults.None
            ? await show.AnswerAsync(context, tenant => desk.NoteAsync(
                tenant, new("vetting-checklist", "operator", VettingShow.Words(context, $"{item}: {request.Verdict}")) { Item = new(item, evidence, request.Verdict!, "operator", clock.GetUtcNow()) }, context.RequestAborted))
            : faults.Problem;
    }

    private static async Task<IResult> Decide(HttpContext context, VettingDesk desk, VettingShow show, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.VettingDecisionRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        if (request.Verdict is not ("verified" or "rejected"))
        {
            faults.Add("verdict", "must be verified or rejected");
        }

        var reason = faults.Text("reason", request.Reason, MaxReason);
        return faults.None
            ? await show.AnswerAsync(context, tenant => desk.NoteAsync(
                tenant, new("vetting-" + request.Verdict, "operator", reason) { Decision = new(request.Verdict == "verified", "operator", reason, clock.GetUtcNow()) }, context.RequestAborted))
            : faults.Problem;
    }

    /// <summary>Who declares something, from where, and the tenant's policy; null for a tenant that isn't there.</summary>
    private static async ValueTask<(string Person, string Ip, RunningPolicy Policy)?> DeclaredAsync(HttpContext context, VettingDesk desk, PolicyBook book, string? person, string? ip, Faults faults)
    {
        var (name, from) = (faults.Text("person", person, MaxText), IpOf(context, ip, faults));
        return await desk.FindAsync(VettingShow.TenantOf(context)) is { } view ? (name, from, (await book.FindAsync(view.Policy))!.For(Core.Vocabulary.Subject.Tenant(view.Tenant))) : null;
    }

    /// <summary>The caller's own address, or the one that the operator names.</summary>
    private static string IpOf(HttpContext context, string? given, Faults faults)
    {
        if (given is null)
        {
            return VettingShow.By(context) == "tenant" && context.Connection.RemoteIpAddress is { } peer ? AbuseDesk.Show(peer) : "";
        }

        if (VettingShow.By(context) == "tenant")
        {
            faults.Add("ip", "is the operator's to say; a tenant's own call has its own");
        }

        if (!IPAddress.TryParse(given, out var ip))
        {
            faults.Add("ip", "must be an IP address");
        }

        return ip is null ? "" : AbuseDesk.Show(ip);
    }
}
