namespace Grid.Host.Console.Calls;

/// <summary>Metadata of an action: the calls of the API that it may make, such as <c>PUT /v1/ips/{ip}</c>. It makes no other.</summary>
internal sealed record Offers(IReadOnlyList<string> Calls)
{
    /// <exception cref="InvalidOperationException">The endpoint doesn't offer the call.</exception>
    public static void Check(Endpoint? endpoint, string method, string pattern)
    {
        if (endpoint?.Metadata.GetMetadata<Offers>()?.Calls.Contains($"{method} {pattern}") != true)
        {
            throw new InvalidOperationException($"{endpoint?.DisplayName} does not offer {method} {pattern}");
        }
    }
}
