using Grid.Core.Vocabulary;

namespace Grid.Host.Api;

/// <summary>Says which endpoints are on the ledger.</summary>
internal static class ActFilterExtensions
{
    /// <summary>What this endpoint does to a subject goes on the ledger under a name.</summary>
    /// <param name="routeValue">The name in the path that the subject stands under.</param>
    public static RouteHandlerBuilder OnLedger(this RouteHandlerBuilder endpoint, string action, SubjectKind kind, string routeValue) =>
        endpoint.AddEndpointFilter(new ActFilter(action, kind, routeValue));
}
