namespace Grid.Host.Api.Model;

/// <summary>A site that mail was queued for lately.</summary>
/// <param name="Queued">Recipients in memory for it, here.</param>
public sealed record SiteName(string Site, string Profile, int Queued);
