using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>What each of a tenant's lists rests on, by lawful basis and method.</summary>
public sealed record ConsentListsBody(IReadOnlyList<ConsentList> Lists);
