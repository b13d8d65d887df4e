using Grid.Core.Admission;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Admission;
using Grid.Grains.Enforcement;

namespace Grid.Grains.Sending;

/// <summary>
/// The shaping profiles in force: those that the grid comes with and is configured with, and those pushed over them, by name. A push is
/// kept in the registry, is in force here when it returns, and within seconds in other processes.
/// </summary>
public sealed class ShapingBook(IReadOnlyList<ShapingProfile> configured, IRegistry registry, PermitBook permits, TimeProvider clock) : IShapingSource
{
    private const string Kind = "shaping";
    private const string Key = "profiles";

    private volatile ShapingSet _current = new(configured);

    /// <inheritdoc />
    public ShapingSet Current => _current;

    /// <summary>What was pushed last; null: nothing.</summary>
    public ShapingDocument? Pushed { get; private set; }

    /// <summary>Puts profiles over the configured ones; those pushed before are gone.</summary>
    public async ValueTask<ShapingDocument> PushAsync(string text, IReadOnlyList<ShapingProfile> profiles, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        var document = new ShapingDocument((Pushed?.Version ?? 0) + 1, clock.GetUtcNow(), text, profiles);
        await registry.PutAsync(Kind, Key, document, cancellationToken);
        Use(document);
        return document;
    }

    /// <summary>Takes up what was pushed elsewhere, or before a restart.</summary>
    public async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        if (await registry.FindAsync<ShapingDocument>(Kind, Key, cancellationToken) is { } document && document.Version != Pushed?.Version)
        {
            Use(document);
        }
    }

    private void Use(ShapingDocument document)
    {
        Pushed = document;
        _current = new([.. configured.Where(c => document.Profiles.All(p => p.Name != c.Name)), .. document.Profiles]);

        // Permits at hand were given under the old limits.
        permits.Drop(SubjectKind.Lane);
        permits.Drop(SubjectKind.Site);
    }
}
