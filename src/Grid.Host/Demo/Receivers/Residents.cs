namespace Grid.Host.Demo.Receivers;

/// <summary>Reads and writes the first word of an address.</summary>
internal static class Residents
{
    private static readonly (string Word, Resident Resident)[] Words =
        [("gone.", Resident.Gone), ("closed.", Resident.Closed), ("full.", Resident.Full), ("angry.", Resident.Angry)];

    /// <summary>Who lives there; whoever isn't known by a word is ordinary.</summary>
    public static Resident Of(string address) =>
        Array.Find(Words, entry => address.StartsWith(entry.Word, StringComparison.OrdinalIgnoreCase)).Resident;

    /// <summary>The first word of such an address, with its dot; empty for the ordinary.</summary>
    public static string WordOf(Resident resident) => Array.Find(Words, entry => entry.Resident == resident).Word ?? "";
}
