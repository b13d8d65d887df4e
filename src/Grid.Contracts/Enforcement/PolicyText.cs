namespace Grid.Contracts.Enforcement;

/// <summary>One version of a policy, as it was pushed; it never changes.</summary>
/// <param name="Name">Name of the policy.</param>
/// <param name="Version">From 1; a number is never used for another text.</param>
/// <param name="Text">As it was written, at most 256 KiB.</param>
/// <param name="MediaType">application/yaml or application/json.</param>
/// <param name="Hash">SHA-256 over text and parents, 64 hexadecimal digits.</param>
/// <param name="At">When it was pushed.</param>
/// <param name="By">Who pushed it: "operator", or "grid" for what is built in.</param>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="Parents">What it extends, as it was then, nearest first: later changes of a parent don't reach it.</param>
[GenerateSerializer, Immutable, Alias("grid.policy-text")]
public sealed record PolicyText(
    [property: Id(0)] string Name,
    [property: Id(1)] int Version,
    [property: Id(2)] string Text,
    [property: Id(3)] string MediaType,
    [property: Id(4)] string Hash,
    [property: Id(5)] DateTimeOffset At,
    [property: Id(6)] string By,
    [property: Id(7)] string Reason,
    [property: Id(8)] IReadOnlyList<PolicyParent> Parents);
