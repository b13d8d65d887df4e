using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>
/// Notes, surviving a killed process though not a power cut, that a receiver said 250, from the instant of that reply until the
/// outcome is committed. At start they turn into outcomes, so that a kill between the two doesn't deliver a message twice.
/// </summary>
public interface IDeliveryMarks
{
    /// <summary>Takes a place for an attempt about to send its final dot; -1 when all are taken (wait for commits). Costs no I/O.</summary>
    int Reserve();

    /// <summary>The receiver said 250. Costs a few memory writes.</summary>
    /// <param name="passedOn">What its sender wants to hear went on with it.</param>
    void Mark(int place, EnvelopeKey key, DateTimeOffset at, bool passedOn = false);

    /// <summary>The outcome is committed, or there was none: the place is free again.</summary>
    void Release(int place);

    /// <summary>What the last process left marked. Read once at start, before Reserve is called; cleared by <see cref="ClearRecovered"/>.</summary>
    IReadOnlyList<(EnvelopeKey Key, DateTimeOffset At, bool PassedOn)> Recovered { get; }

    /// <summary>The recovered marks are settled.</summary>
    void ClearRecovered();
}
