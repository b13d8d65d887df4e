namespace Grid.Host.Console.Access;

/// <summary>Metadata of a page of the console.</summary>
/// <param name="Path">As it is mapped: <c>/tenants/{id}</c>.</param>
internal sealed record PageOf(string Path);
