namespace Grid.Host.Demo;

/// <summary>Something that a demo shows.</summary>
/// <param name="Words">What it is.</param>
/// <param name="Evidence">What shows it in a snapshot; null where nothing does yet.</param>
internal sealed record Promise(string Words, Func<Snapshot, string?> Evidence);
