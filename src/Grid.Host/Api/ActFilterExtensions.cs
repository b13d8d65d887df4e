using Grid.Core.Vocabulary;

namespace Grid.Host.Api;

/// <summary>Says which endpoints are on the ledger.</summary>
internal static class ActFilterExtensions
{
    /// <summary>What this endpoint does to a subject goes on the ledger under a name.</summary>
    /// <param name="routeValue">The name in the path that the subject stands under.</param>
    public static RouteHandlerBuilder OnLedger(this RouteHandlerBuilder endpoint, string action, SubjectKind kind, string routeValue) =>
        endpoint.OnLedger(action, values => OperatorActs.SubjectOf(kind, values[routeValue] as string));

    /// <summary>The same, where the path alone doesn't tell the subject.</summary>
    public static RouteHandlerBuilder OnLedger(this RouteHandlerBuilder endpoint, string action, Func<RouteValueDictionary, Subject?> subject, params string[] named) =>
        endpoint.AddEndpointFilter(new ActFilter(action, subject, named));

    /// <summary>The tenant that an operator names in the path, or the setting that it is where the path names all of them or none; null on a tenant's own endpoints.</summary>
    public static Subject? TenantOr(RouteValueDictionary values, string? setting) =>
        OperatorActs.SubjectOf(SubjectKind.Tenant, values["tenant"] as string) ?? (setting is null ? null : Subject.Setting(setting));
}
