using Grid.Core.Vocabulary;

namespace Grid.Core.Admission;

/// <summary>
/// What: learns how fast a receiver, which doesn't say so, lets one IP send. In: its refusals for rate ("trips"), what was sent, the time.
/// Out: a pace. Guarantees: for an hour after a trip never more goes within an hour than 95 % of what had gone in the one before it, whatever
/// time the receiver counts over, and the pace does not grow; later it grows step by step while there is mail for it, in ever smaller steps, and
/// falls back to the step before the one that tripped. Fails: never. Where hardly anything had been sent, a refusal isn't about volume.
/// </summary>
public sealed record LanePace
{
    /// <summary>Fewest messages in the hour before a refusal for which it is taken to be about volume.</summary>
    public const int LeastVolume = 20;

    /// <summary>What stays below a count that tripped.</summary>
    private const double Below = 0.95;

    private const double Coarse = 2, Middle = 1.25, Fine = 1.06;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan OneTrip = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Settled = TimeSpan.FromHours(48);

    /// <summary>Messages an hour.</summary>
    public required double PerHour { get; init; }

    /// <summary>Factor of the next growth.</summary>
    public required double Step { get; init; }

    /// <summary>The pace has grown since the last trip.</summary>
    public bool HasGrown { get; init; }

    public required DateTimeOffset TrippedAt { get; init; }

    /// <summary>When the pace was set or grew last.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>No growth before.</summary>
    public required DateTimeOffset GrowsAt { get; init; }

    /// <summary>Sent in the hour before the last trip.</summary>
    public required int HourAtTrip { get; init; }

    /// <summary>Sent in the ten minutes before it.</summary>
    public required int TenMinutesAtTrip { get; init; }

    public int Trips { get; init; } = 1;

    /// <summary>What the receiver said last.</summary>
    public required string Words { get; init; }

    /// <summary>As a limit; two seconds' worth, and at least 2, may go at once.</summary>
    public Rate Rate => new((int)Math.Clamp(PerHour, 1, Rate.MaxCount), Hour, Math.Max(2, (int)(PerHour / 1800)));

    /// <summary>A refusal for rate. Null where it isn't about volume; the same again within two minutes is one trip.</summary>
    public static LanePace? Trip(LanePace? pace, MinuteCounts sent, string words, DateTimeOffset now)
    {
        var hour = sent.In(60, now);
        if (hour < LeastVolume)
        {
            return pace;
        }

        if (pace is null)
        {
            // A flood: over how long the receiver counts isn't known, so the longest time is taken.
            return new() { PerHour = Below * hour, Step = Coarse, TrippedAt = now, ChangedAt = now, GrowsAt = now + Hour, HourAtTrip = hour, TenMinutesAtTrip = sent.In(10, now), Words = words };
        }

        if (now - pace.TrippedAt < OneTrip)
        {
            return pace;
        }

        // As much within the hour as at the last trip, and much less of it in the last minutes: it is the hour that the receiver counts.
        var tenMinutes = sent.In(10, now);
        var isHourly = pace.Step >= Middle && pace.PerHour > 1.3 * hour && Math.Abs(hour - pace.HourAtTrip) <= 0.15 * pace.HourAtTrip && tenMinutes < 0.7 * pace.TenMinutesAtTrip;
        var perHour = isHourly ? Below * hour : pace.HasGrown ? 0.98 * pace.PerHour / pace.Step : 0.8 * pace.PerHour;
        var step = isHourly || (pace.Step <= Middle && pace.HasGrown) ? Fine : pace.HasGrown ? Middle : pace.Step;
        return pace with
        {
            PerHour = perHour,
            Step = step,
            HasGrown = false,
            TrippedAt = now,
            ChangedAt = now,
            GrowsAt = now + (pace.Step <= Fine && pace.HasGrown ? Settled : Hour),
            HourAtTrip = hour,
            TenMinutesAtTrip = tenMinutes,
            Trips = pace.Trips + 1,
            Words = words,
        };
    }

    /// <summary>The pace at an instant: less what was counted before a trip and came back, and grown where its time has come.</summary>
    public static LanePace? Go(LanePace? pace, MinuteCounts sent, int unused, DateTimeOffset now) => pace?.TakeBack(unused).Grow(sent, now);

    /// <summary>As a measure, to be looked at: why, and until when it doesn't grow.</summary>
    public static IEnumerable<LaneMeasure> Shown(LanePace? pace) =>
        pace is null ? [] : [new("learnt-pace", ShapingAction.Limit, pace.ChangedAt, pace.GrowsAt, pace.Words, pace.Trips, Rate: pace.Rate)];

    /// <summary>So many of what was counted before the trip were not sent after all.</summary>
    public LanePace TakeBack(int unused) => unused == 0 ? this
        : this with { HourAtTrip = Math.Max(0, HourAtTrip - unused), TenMinutesAtTrip = Math.Max(0, TenMinutesAtTrip - unused), PerHour = Trips == 1 ? Math.Max(1, Below * (HourAtTrip - unused)) : PerHour };

    /// <summary>The pace a step further where its time has come and there was mail for it.</summary>
    public LanePace Grow(MinuteCounts sent, DateTimeOffset now)
    {
        // Longer between smaller steps: what counts over long times must have its say.
        var hold = Step >= Coarse ? 10 : Step >= Middle ? 15 : 60;
        var isUsed = sent.In(hold, now) >= 0.75 * PerHour * hold / 60;
        return now < GrowsAt || now - ChangedAt < TimeSpan.FromMinutes(hold) || !isUsed ? this : this with { PerHour = PerHour * Step, ChangedAt = now, HasGrown = true };
    }

    /// <summary>How many may go at once by the hour after a trip; null: as many as the pace allows.</summary>
    public int? Room(MinuteCounts sent, DateTimeOffset now) =>
        now - TrippedAt < Hour + TimeSpan.FromMinutes(1) ? Math.Max(0, (int)(Below * HourAtTrip) - sent.In(60, now)) : null;
}
