namespace Grid.Core.Admission;

/// <summary>How a new sending IP is brought to its full volume.</summary>
/// <param name="Name">1 to 64 letters, digits or hyphens.</param>
/// <param name="Days">Allowances, the first day's first; 1 to <see cref="MaxDays"/>. After the last the IP is warm: no allowance holds.</param>
public sealed record WarmupPlan(string Name, IReadOnlyList<WarmupDay> Days)
{
    /// <summary>Longest plan in days.</summary>
    public const int MaxDays = 120;

    /// <summary>Largest allowance.</summary>
    public const int MaxRecipients = 100_000_000;

    /// <summary>What is wrong with it, each with the field's name; empty where it can be used.</summary>
    public IReadOnlyList<(string Field, string Fault)> Faults()
    {
        var faults = new List<(string, string)>();
        if (Days.Count is 0 or > MaxDays)
        {
            faults.Add(("days", $"must be 1 to {MaxDays} days"));
            return faults;
        }

        for (var i = 0; i < Days.Count; i++)
        {
            var day = Days[i];
            if (day.PerIp is < 1 or > MaxRecipients)
            {
                faults.Add(($"days[{i}].perIp", $"must be a whole number from 1 to {MaxRecipients}"));
            }
            else if (day.PerSite < 1 || day.PerSite > day.PerIp)
            {
                faults.Add(($"days[{i}].perSite", "must be a whole number from 1 to perIp"));
            }
        }

        return faults;
    }
}
