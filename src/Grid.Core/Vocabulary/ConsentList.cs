namespace Grid.Core.Vocabulary;

/// <summary>A tenant's list as its consent records have it.</summary>
/// <param name="List">Its name; empty: of no list.</param>
/// <param name="Basis">Lawful basis.</param>
/// <param name="Method">How they agreed.</param>
/// <param name="Records">Records of the list with that basis and method.</param>
/// <param name="Revoked">Those of them that were taken back.</param>
public sealed record ConsentList(string List, string Basis, string Method, long Records, long Revoked);
