namespace Grid.Console.Tests.Beds;

/// <summary>Tests that fill in every form there is: a grid and a browser of their own, beside the others.</summary>
[CollectionDefinition(nameof(FormsCollection))]
public sealed class FormsCollection : ICollectionFixture<ConsoleGrid>, ICollectionFixture<Browsing>;
