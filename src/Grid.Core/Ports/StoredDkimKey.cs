namespace Grid.Core.Ports;

/// <summary>A signing key as stored.</summary>
/// <param name="Tenant">Whose mail it signs; "*" is all mail, in the platform's name.</param>
/// <param name="Domain">d=, lower case ASCII.</param>
/// <param name="Selector">s=, lower case ASCII; unique within the domain.</param>
/// <param name="Since">Since when it is in its state.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo.</param>
/// <param name="SealedKey">The private half, encrypted; empty once it is retired.</param>
/// <param name="CheckedAt">When its published record was last looked up; null before the first time.</param>
/// <param name="CheckWords">What was found then; null where it was the right record.</param>
public sealed record StoredDkimKey(
    string Tenant,
    string Domain,
    string Selector,
    DkimKeyState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset Since,
    ReadOnlyMemory<byte> PublicKey,
    ReadOnlyMemory<byte> SealedKey,
    DateTimeOffset? CheckedAt = null,
    string? CheckWords = null);
