using Grid.Contracts.Enforcement;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>An operator's transition of a tenant, an IP or a domain.</summary>
internal static class StandingTransition
{
    private const int MaxReason = 1000;

    /// <summary>Reads <c>{state, reason}</c>, makes the transition, answers the state; 409 where it is forbidden.</summary>
    public static async Task<IResult> MakeAsync(HttpContext context, Subject subject, IAccountGrain account)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.StateRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        if (!StandingNames.TryParse(request.State, out var to))
        {
            faults.Add("state", "must be pending, active, warned, suspended or terminated");
        }

        var reason = faults.Text("reason", request.Reason, MaxReason);
        if (!faults.None)
        {
            return faults.Problem;
        }

        var change = await account.SetStanding(to, reason);
        return change.Refused is { } words
            ? Problem.Conflict(words)
            : Answer.Json(new StateBody(subject.ToString(), change.Standing), ApiJson.Default.StateBody);
    }
}
