using Grid.Core.Ingress;

namespace Grid.Core.Enforcement.Policies;

/// <summary>When an address is not mailed any more by itself.</summary>
public sealed record SuppressionRules
{
    /// <summary>Most that a policy may ask for.</summary>
    public const int MaxHardBounces = 10;

    /// <summary>So many hard bounces of an address in the repeat window suppress it; 0: none does. Default 1.</summary>
    public int HardBounces { get; init; } = 1;

    /// <summary>Differences between addresses that are taken for the same: <see cref="PlusTags"/>, <see cref="GmailDots"/>. Default none.</summary>
    public IReadOnlyList<string> Ignores { get; init; } = [];

    /// <summary>What follows a plus sign before the @.</summary>
    public const string PlusTags = "plusTags";

    /// <summary>Dots before the @ at Gmail, and googlemail.com for gmail.com.</summary>
    public const string GmailDots = "gmailDots";

    /// <summary>The same as flags.</summary>
    public AddressVariants Ignored =>
        (Ignores.Contains(PlusTags) ? AddressVariants.DropPlusTag : 0) | (Ignores.Contains(GmailDots) ? AddressVariants.DropGmailDots : 0);
}
