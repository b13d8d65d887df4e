namespace Orleans.Embedded.Activations;

/// <summary>Why an activation is to end.</summary>
internal sealed record Ending(DeactivationReason Reason, CancellationToken Cancellation);
