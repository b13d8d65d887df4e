namespace Grid.System.Tests.Beds;

/// <summary>Tests that keep the machine busy: one of them at a time, beside others that mostly wait.</summary>
[CollectionDefinition(Name)]
public sealed class LoadCollection
{
    public const string Name = "Load";
}
