namespace Grid.Host.Api.Model;

/// <summary>What a subject's grain has counted, slot by slot.</summary>
/// <param name="Window">Name of the window.</param>
/// <param name="From">Since when it counts; later than the window is long after a reinstatement.</param>
/// <param name="SlotSeconds">Length of a slot.</param>
/// <param name="Slots">Oldest first; those in which nothing happened are left out.</param>
public sealed record SeriesBody(string Subject, string Window, DateTimeOffset From, DateTimeOffset To, double SlotSeconds, IReadOnlyList<SeriesSlotBody> Slots);
