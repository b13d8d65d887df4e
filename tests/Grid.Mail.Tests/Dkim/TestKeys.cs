using Grid.Mail.Dkim;

namespace Grid.Mail.Tests.Dkim;

/// <summary>Two key pairs, made once: a tenant's and the platform's.</summary>
internal static class TestKeys
{
    public const string TenantDomain = "acme.example";
    public const string PlatformDomain = "grid.example";

    public static DkimKeyPair TenantPair { get; } = DkimKeyPair.Make();

    public static DkimKeyPair PlatformPair { get; } = DkimKeyPair.Make();

    public static DkimSigningKey Tenant { get; } = new(TenantDomain, "s1", TenantPair.PrivateKey);

    public static DkimSigningKey Platform { get; } = new(PlatformDomain, "p1", PlatformPair.PrivateKey);

    public static PublishedKeys Published() => new()
    {
        [DkimKeyPair.RecordName("s1", TenantDomain)] = [DkimKeyPair.Record(TenantPair.PublicKey)],
        [DkimKeyPair.RecordName("p1", PlatformDomain)] = [DkimKeyPair.Record(PlatformPair.PublicKey)],
    };
}
