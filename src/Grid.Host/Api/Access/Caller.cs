namespace Grid.Host.Api.Access;

/// <summary>Whose key it was.</summary>
/// <param name="Tenant">Tenant id; empty for the operator and for readers.</param>
public sealed record Caller(CallerRole Role, string Tenant)
{
    /// <summary>Id of a tenant's key; "" for others, and for whoever acts for a tenant.</summary>
    public string KeyId { get; init; } = "";

    /// <summary>The operator.</summary>
    public static Caller Operator { get; } = new(CallerRole.Operator, "");

    /// <summary>Who sees what the operator sees.</summary>
    public static Caller Reader { get; } = new(CallerRole.Reader, "");

    /// <summary>The tenant of this request.</summary>
    public static string TenantOf(HttpContext context) =>
        context.Features.Get<Caller>() is { Role: CallerRole.Tenant } caller ? caller.Tenant : throw new InvalidOperationException("the endpoint asks for no tenant's key");
}
