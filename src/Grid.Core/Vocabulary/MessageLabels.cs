namespace Grid.Core.Vocabulary;

/// <summary>What a tenant said of a message when it was submitted.</summary>
/// <param name="Campaign">Null where none was named.</param>
/// <param name="Details">Subject, sender, metadata and consent as JSON; null where nothing was kept.</param>
public sealed record MessageLabels(string? Campaign, string? Details);
