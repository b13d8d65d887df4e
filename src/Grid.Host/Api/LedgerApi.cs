using Grid.Core.Ports;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>The ledger as a chain, for the operator.</summary>
public static class LedgerApi
{
    public static void MapLedger(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/ledger").RequireKey(CallerRole.Operator).WithTags("Decisions").MapGet("/verify", Verify).Produces<LedgerVerificationBody>();

    private static async Task<IResult> Verify(HttpContext context, ILedger ledger) =>
        Answer.Json(LedgerVerificationBody.Of(await ledger.VerifyAsync(context.RequestAborted)), ApiJson.Default.LedgerVerificationBody);
}
