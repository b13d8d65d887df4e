using Grid.Grains.Ingress;
using Grid.Host.Api.Model;

namespace Grid.Host.Ingress;

/// <summary>What became of a message before the tenant's standing is asked: a closed set.</summary>
public abstract record Draft
{
    private Draft()
    {
    }

    /// <summary>Ready for the queue.</summary>
    public sealed record Ready(Submission Submission) : Draft
    {
        /// <summary>What the sender declares with it.</summary>
        public Declarations Declared { get; init; } = Declarations.None;
    }

    /// <summary>Breaks rules; every fault is listed, at least one.</summary>
    public sealed record Faulty(IReadOnlyList<FieldError> Errors) : Draft;

    /// <summary>The tenant's policy refuses it; every clause that it breaks is listed, at least one.</summary>
    public sealed record Forbidden(string Policy, int PolicyVersion, IReadOnlyList<FieldError> Errors) : Draft;

    /// <summary>Larger than <paramref name="LimitBytes"/>.</summary>
    public sealed record TooLarge(int LimitBytes) : Draft;
}
