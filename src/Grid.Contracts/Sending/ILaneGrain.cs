using Grid.Contracts.Admission;
using Grid.Core.Vocabulary;

namespace Grid.Contracts.Sending;

/// <summary>
/// The way from one sending IP to one site: how fast it may be used, and what the receiver made us do. Key = <c>IP|SITE</c>.
/// </summary>
[Alias("grid.lane")]
public interface ILaneGrain : IPermitGrain
{
    /// <summary>The receiver refused in words that a rule of the site's profile counts. <paramref name="replies"/>: how often since the last call; <paramref name="last"/>: its last words.</summary>
    [Alias("heed")]
    ValueTask Heed(string rule, int replies, SmtpReply last);

    [Alias("view")]
    ValueTask<LaneView> View();

    /// <summary>An operator ends every measure. After a suspension it begins with one connection all the same.</summary>
    [Alias("resume")]
    ValueTask<LaneView> Resume();
}
