using System.Globalization;
using Grid.Host.Demo.Receivers;

namespace Grid.Host.Demo.Tenants;

/// <summary>
/// The recipients of a tenant, one after another, always the same. Who bounces or complains is another person each time (of ten who are gone one had a mailbox that was closed), as the grid
/// doesn't write to them again; the ordinary ones come round after 20,000.
/// </summary>
internal static class Audience
{
    private const int Regulars = 20_000;
    private const int Mille = 1000;
    private const int ClosedOneIn = 10;
    private const int FullOneIn = 700;

    private static readonly string[] Names =
        ["mia", "noah", "ida", "emil", "ana", "leo", "sofia", "jan", "lena", "omar", "yuki", "ravi", "chloe", "piotr", "ines", "kofi", "elif", "hugo", "nora"];

    /// <summary>Address of the tenant's n-th recipient, from 0.</summary>
    public static string Address(DemoTenant tenant, long n)
    {
        var listed = n - tenant.OwnList;
        var resident = listed < 0 ? Resident.Ordinary
            : tenant.AngryOneIn > 0 && listed % tenant.AngryOneIn == tenant.AngryOneIn - 1 ? Resident.Angry
            : (listed + 1) * tenant.GonePerMille / Mille > listed * tenant.GonePerMille / Mille ? n % ClosedOneIn == 0 ? Resident.Closed : Resident.Gone
            : listed % FullOneIn == FullOneIn - 1 ? Resident.Full
            : Resident.Ordinary;

        // Complaints come back only from who reports them.
        var home = resident == Resident.Angry ? Cast.Yahoo : Cast.Homes[(int)(n % Cast.Homes.Count)];
        var number = resident == Resident.Ordinary ? n % Regulars : n;
        return string.Create(CultureInfo.InvariantCulture, $"{Residents.WordOf(resident)}{Names[n % Names.Length]}.{number}.{tenant.Id}@{home}");
    }
}
