namespace Orleans.Runtime;

/// <summary>A stored reminder.</summary>
public interface IGrainReminder
{
    /// <summary>Its name within the grain.</summary>
    string ReminderName { get; }
}
