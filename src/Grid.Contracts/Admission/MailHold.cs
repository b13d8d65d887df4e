using Grid.Core.Vocabulary;

namespace Grid.Contracts.Admission;

/// <summary>What of a tenant's mail is held while other mail of it goes: its bulk mail where a suspension leaves transactional mail alone, or streams and campaigns that are suspended.</summary>
/// <param name="Bulk">All bulk mail.</param>
/// <param name="Transactional">All transactional mail.</param>
/// <param name="Campaigns">Names of campaigns, in ordinal order, each once.</param>
/// <param name="Refusal">Why, for who submits such mail.</param>
[GenerateSerializer, Immutable, Alias("grid.mail-hold")]
public sealed record MailHold(
    [property: Id(0)] bool Bulk,
    [property: Id(1)] bool Transactional,
    [property: Id(2)] IReadOnlyList<string> Campaigns,
    [property: Id(3)] PermitRefusal Refusal)
{
    /// <summary>Whether it holds such mail.</summary>
    public bool Holds(MailStream stream, string? campaign)
    {
        if (stream == MailStream.Transactional ? Transactional : Bulk)
        {
            return true;
        }

        for (var i = 0; campaign is not null && i < Campaigns.Count; i++)
        {
            if (string.Equals(Campaigns[i], campaign, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it holds the same mail as another.</summary>
    public bool IsLike(MailHold? other) => other is not null && Bulk == other.Bulk && Transactional == other.Transactional && Campaigns.SequenceEqual(other.Campaigns, StringComparer.Ordinal);
}
