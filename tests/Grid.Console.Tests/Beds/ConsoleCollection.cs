namespace Grid.Console.Tests.Beds;

/// <summary>Tests that share one grid, one after the other.</summary>
[CollectionDefinition(nameof(ConsoleCollection))]
public sealed class ConsoleCollection : ICollectionFixture<ConsoleGrid>, ICollectionFixture<Browsing>;
