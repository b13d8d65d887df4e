using Orleans.Runtime;

namespace Orleans.Embedded.Reminders;

/// <summary>A reminder as its grain holds it.</summary>
internal sealed record StoredReminder(GrainId GrainId, string ReminderName, string? ETag) : IGrainReminder;
