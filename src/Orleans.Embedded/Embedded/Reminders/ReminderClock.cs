using Microsoft.Extensions.Logging;
using Orleans.Embedded.Turns;
using Orleans.Runtime;

namespace Orleans.Embedded.Reminders;

/// <summary>
/// Delivers reminders when they fall due. One timer, set for the earliest (at most a day ahead, so that no date is too far). Ticks are at
/// StartAt plus whole periods; a tick that is late is delivered once, not once a period. At most 64 are under way: the others follow.
/// What a grain throws is logged; the reminder ticks again after its period.
/// </summary>
internal sealed partial class ReminderClock : IDisposable
{
    private const int MaxUnderWay = 64;

    private static readonly TimeSpan Horizon = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Silo _silo;
    private readonly ITimer _timer;
    private readonly Dictionary<(GrainId Grain, string Name), ScheduledReminder> _reminders = [];
    private readonly PriorityQueue<ScheduledReminder, DateTime> _schedule = new();
    private int _underWay;
    private bool _stopped;

    public ReminderClock(Silo silo)
    {
        _silo = silo;
        _timer = CleanFlow.MakeTimer(silo.Clock, static clock => ((ReminderClock)clock!).DeliverDue(), this);
    }

    public void Set(ReminderEntry entry)
    {
        var reminder = new ScheduledReminder(entry) { NextTick = entry.StartAt };
        lock (_gate)
        {
            CancelLocked(entry.GrainId, entry.ReminderName);
            _reminders[(entry.GrainId, entry.ReminderName)] = reminder;
            _schedule.Enqueue(reminder, reminder.NextTick);
            Arm();
        }
    }

    public void Cancel(GrainId grain, string name)
    {
        lock (_gate)
        {
            CancelLocked(grain, name);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
        }

        _timer.Dispose();
    }

    private void CancelLocked(GrainId grain, string name)
    {
        if (_reminders.Remove((grain, name), out var old))
        {
            old.IsCancelled = true;

            // A grain that moves its reminder again and again must not fill the schedule with the old ones.
            if (_schedule.Count > 64 && _schedule.Count > 2 * _reminders.Count)
            {
                _schedule.Clear();
                _schedule.EnqueueRange(_reminders.Values.Select(static one => (one, one.NextTick)));
            }
        }
    }

    private void DeliverDue()
    {
        while (Take() is { } reminder)
        {
            _ = Deliver(reminder, reminder.NextTick);
        }
    }

    private ScheduledReminder? Take()
    {
        lock (_gate)
        {
            while (!_stopped && _underWay < MaxUnderWay && _schedule.TryPeek(out var reminder, out var due))
            {
                if (!reminder.IsCancelled && due > _silo.Clock.GetUtcNow().UtcDateTime)
                {
                    break;
                }

                _schedule.Dequeue();
                if (!reminder.IsCancelled)
                {
                    _underWay++;
                    return reminder;
                }
            }

            Arm();
            return null;
        }
    }

    private async Task Deliver(ScheduledReminder reminder, DateTime due)
    {
        var entry = reminder.Entry;
        try
        {
            var grain = (IRemindable)_silo.References.Make(typeof(IRemindable), entry.GrainId);
            await grain.ReceiveReminder(entry.ReminderName, new TickStatus(entry.StartAt, entry.Period, due));
        }
        catch (Exception failure)
        {
            LogTickFailed(_silo.Log, failure, entry.ReminderName, entry.GrainId);
        }

        lock (_gate)
        {
            _underWay--;
            if (!reminder.IsCancelled)
            {
                reminder.NextTick = NextAfter(entry, _silo.Clock.GetUtcNow().UtcDateTime);
                _schedule.Enqueue(reminder, reminder.NextTick);
            }

            Arm();
        }
    }

    private static DateTime NextAfter(ReminderEntry entry, DateTime now)
    {
        var periods = now < entry.StartAt ? 0 : ((now - entry.StartAt).Ticks / entry.Period.Ticks) + 1;
        return entry.StartAt + new TimeSpan(periods * entry.Period.Ticks);
    }

    private void Arm()
    {
        if (_stopped || _underWay >= MaxUnderWay || !_schedule.TryPeek(out _, out var due))
        {
            return;
        }

        var wait = due - _silo.Clock.GetUtcNow().UtcDateTime;
        _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Horizon ? Horizon : wait, Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(4, LogLevel.Warning, "The reminder {Reminder} of grain {Grain} failed; it comes again after its period.")]
    private static partial void LogTickFailed(ILogger log, Exception failure, string reminder, GrainId grain);
}
