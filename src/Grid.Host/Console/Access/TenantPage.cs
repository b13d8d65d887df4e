namespace Grid.Host.Console.Access;

/// <summary>Metadata of what a tenant that signed in with its own key may open and post.</summary>
/// <param name="Only">Nobody else has a use for it.</param>
internal sealed record TenantPage(bool Only);
