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
        return request is null ? problem!
            : Read(request.State, request.Reason, out var to, out var reason) is { } faults ? faults.Problem
            : Show(subject, await account.SetStanding(to, reason));
    }

    /// <summary>What is wrong with the fields; null: nothing.</summary>
    public static Faults? Read(string? state, string? given, out Standing to, out string reason)
    {
        var faults = new Faults();
        if (!StandingNames.TryParse(state, out to))
        {
            faults.Add("state", "must be pending, active, warned, suspended or terminated");
        }

        reason = faults.Text("reason", given, MaxReason);
        return faults.None ? null : faults;
    }

    /// <summary>The state after it, or why it is forbidden.</summary>
    public static IResult Show(Subject subject, StandingChange change) =>
        change.Refused is { } words ? Problem.Conflict(words) : Answer.Json(new StateBody(subject.ToString(), change.Standing), ApiJson.Default.StateBody);
}
