using System.Text.Json;
using Grid.Core.Ports;

namespace Grid.Grains.Enforcement;

/// <summary>The registry's kinds, and its documents as objects.</summary>
public static class Registered
{
    public const string Tenant = "tenant";
    public const string Ip = "ip";
    public const string WarmupPlan = "warmup-plan";
    public const string IpRest = "ip-rest";
    public const string Domain = "domain-limits";
    public const string Site = "site-limits";
    public const string Case = ICases.Kind;

    /// <summary>Those of <see cref="Case"/> that are open, by id.</summary>
    public const string OpenCase = "case-open";

    /// <summary>Cases that cost a tenant something: <c>TENANT/CASE</c>.</summary>
    public const string CaseCost = "case-cost";

    public const string Scopes = "tenant-scopes";
    public const string Child = "tenant-child";
    public const string Overrides = "policy-overrides";
    public const string Vetting = "vetting";
    public const string LegalHold = "legal-hold";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async ValueTask<T?> FindAsync<T>(this IRegistry registry, string kind, string key, CancellationToken cancellationToken = default)
        where T : class => await registry.ReadAsync(kind, key, cancellationToken) is { } json ? Read<T>(json) : null;

    public static ValueTask PutAsync<T>(this IRegistry registry, string kind, string key, T document, CancellationToken cancellationToken = default)
        where T : class => registry.WriteAsync(kind, key, JsonSerializer.Serialize(document, Json), cancellationToken);

    /// <summary>A stored document as an object.</summary>
    public static T Read<T>(string json)
        where T : class => JsonSerializer.Deserialize<T>(json, Json) ?? throw new InvalidDataException("an empty document in the registry");
}
