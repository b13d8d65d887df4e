using System.Text.Json.Serialization;

namespace Grid.Core.Counters;

/// <summary>What happened in some stretch of time, counted.</summary>
/// <param name="Delivered">Recipients whose receiver answered 250; those bounced by a later report have left again.</param>
/// <param name="Deferred">Attempts refused for now.</param>
/// <param name="HardBounces">Recipients refused for good because the address will never work.</param>
/// <param name="SoftBounces">Other final failures, expired ones included.</param>
/// <param name="Complaints">Recipients who complained.</param>
/// <param name="Unsubscribes">Recipients who unsubscribed.</param>
/// <param name="DeliveredReporting">The part of Delivered at receivers that report complaints to senders.</param>
/// <param name="Blocks">Attempts refused, for now or for good, because of the sending IP's reputation or listing.</param>
public readonly record struct CounterTotals(
    long Delivered,
    long Deferred,
    long HardBounces,
    long SoftBounces,
    long Complaints,
    long Unsubscribes,
    long DeliveredReporting,
    long Blocks = 0)
{
    /// <summary>Recipients whose delivery came to an end: delivered and failed.</summary>
    [JsonIgnore]
    public long Attempts => Delivered + HardBounces + SoftBounces;

    /// <summary>Every attempt that was answered, deferrals included.</summary>
    [JsonIgnore]
    public long Tries => Attempts + Deferred;

    /// <summary>Nothing happened.</summary>
    [JsonIgnore]
    public bool IsZero => this == default;

    public static CounterTotals operator +(in CounterTotals a, in CounterTotals b) => new(
        a.Delivered + b.Delivered,
        a.Deferred + b.Deferred,
        a.HardBounces + b.HardBounces,
        a.SoftBounces + b.SoftBounces,
        a.Complaints + b.Complaints,
        a.Unsubscribes + b.Unsubscribes,
        a.DeliveredReporting + b.DeliveredReporting,
        a.Blocks + b.Blocks);

    public static CounterTotals operator -(in CounterTotals a, in CounterTotals b) => a + -b;

    public static CounterTotals operator -(in CounterTotals a) => new(
        -a.Delivered, -a.Deferred, -a.HardBounces, -a.SoftBounces, -a.Complaints, -a.Unsubscribes, -a.DeliveredReporting, -a.Blocks);
}
