namespace Grid.Host.Api.Model;

/// <summary>A tenant's API keys, without their secrets.</summary>
public sealed record KeysBody(IReadOnlyList<KeyBody> Keys);
