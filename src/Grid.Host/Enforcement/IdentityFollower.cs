using Grid.Core.Vocabulary;

namespace Grid.Host.Enforcement;

/// <summary>Remembers what a tenant was known by when it is terminated.</summary>
public sealed class IdentityFollower(IdentityMemory memory) : ILedgerFollower
{
    /// <inheritdoc />
    public ValueTask TakeAsync(Decision decision, CancellationToken cancellationToken) =>
        decision is { Kind: DecisionKind.Transition, Subject.Kind: SubjectKind.Tenant, To: Standing.Terminated } && decision.From != Standing.Terminated
            ? memory.RememberAsync(decision.Subject.Key, cancellationToken)
            : ValueTask.CompletedTask;
}
