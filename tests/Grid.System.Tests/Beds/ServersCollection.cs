namespace Grid.System.Tests.Beds;

/// <summary>Tests beside servers that others wrote: one of them at a time.</summary>
[CollectionDefinition(Name)]
public sealed class ServersCollection
{
    public const string Name = "Servers";
}
