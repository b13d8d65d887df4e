using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>A subject's state.</summary>
public sealed record StateBody(string Subject, Standing State);
