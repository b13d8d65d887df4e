using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>What a reply means.</summary>
/// <param name="Rule">The rule that recognised it.</param>
public sealed record ClassifyBody(ReplyReason Reason, bool Hard, ReplyAbout About, string Rule);
