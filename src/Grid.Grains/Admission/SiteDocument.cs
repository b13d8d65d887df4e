namespace Grid.Grains.Admission;

/// <summary>What a site keeps across activations, beside its limits, which the registry has.</summary>
[GenerateSerializer, Alias("grid.site-state")]
public sealed record SiteDocument
{
    /// <summary>When the rate limiter's bucket is full again.</summary>
    [Id(0)]
    public DateTimeOffset? PermitsFrom { get; init; }
}
