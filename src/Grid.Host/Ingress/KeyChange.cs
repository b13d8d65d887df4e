using Grid.Core.Ports;

namespace Grid.Host.Ingress;

/// <summary>What came of a change of a domain's keys: a closed set.</summary>
public abstract record KeyChange
{
    private KeyChange()
    {
    }

    /// <summary>Done; the key as it is now.</summary>
    public sealed record Done(StoredDkimKey Key) : KeyChange;

    /// <summary>There is no such key.</summary>
    public sealed record NoSuch : KeyChange;

    /// <summary>It can't be done now.</summary>
    /// <param name="Words">Why, and what would help.</param>
    public sealed record Refused(string Words) : KeyChange;
}
