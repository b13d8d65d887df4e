namespace Grid.Host.Api.Model;

/// <summary>A clause of a policy.</summary>
/// <param name="Subject">tenant, ip or domain.</param>
/// <param name="Measure">What is measured, such as complaintRate.</param>
/// <param name="Threshold">A fraction: 0.001 = 0.1 %; the clause acts strictly above it.</param>
/// <param name="MinDelivered">Floor of the volume.</param>
/// <param name="MinEvents">Floor of the events.</param>
/// <param name="Action">warn or suspend.</param>
/// <param name="Cure">Time to cure, or after which it ends by itself; absent where only an operator ends it.</param>
/// <param name="Words">The rule in a sentence.</param>
/// <param name="Remedy">What cures it.</param>
public sealed record ClauseBody(
    string Id,
    string Subject,
    string Measure,
    string Window,
    decimal Threshold,
    long MinDelivered,
    long MinEvents,
    string Action,
    string? Cure,
    string Words,
    string Remedy);
