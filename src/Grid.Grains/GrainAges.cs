using Grid.Grains.Enforcement;
using Orleans.Configuration;

namespace Grid.Grains;

/// <summary>How long grains are kept idle, where that is not the engine's quarter of an hour.</summary>
public static class GrainAges
{
    /// <summary>A recipient domain's. There are as many as there are names, and strangers make them.</summary>
    public static TimeSpan Domain { get; } = TimeSpan.FromMinutes(2);

    public static void Configure(GrainCollectionOptions collection) => collection.ClassSpecificCollectionAge[typeof(RecipientDomainGrain).FullName!] = Domain;
}
