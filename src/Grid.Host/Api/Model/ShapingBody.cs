using Grid.Core.Admission;
using Grid.Grains.Sending;

namespace Grid.Host.Api.Model;

/// <summary>The shaping profiles in force; as YAML, the text that was pushed, or that the grid comes with.</summary>
/// <param name="Version">Pushes so far.</param>
/// <param name="PushedAt">Absent before the first.</param>
public sealed record ShapingBody(int Version, DateTimeOffset? PushedAt, IReadOnlyList<ShapingProfileBody> Profiles)
{
    public static ShapingBody Of(ShapingBook book) => new(book.Pushed?.Version ?? 0, book.Pushed?.At, [.. book.Current.Profiles.OrderBy(p => p.Name, StringComparer.Ordinal).Select(ShapingProfileBody.Of)]);
}
