using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Embedded.Reminders;

namespace Orleans.Hosting;

/// <summary>Reminders of the silo.</summary>
public static class SiloBuilderReminderExtensions
{
    /// <summary>Adds reminders, kept in the <see cref="IReminderTable"/> service.</summary>
    public static ISiloBuilder AddReminders(this ISiloBuilder builder) => builder.ConfigureServices(AddReminders);

    /// <inheritdoc cref="AddReminders(ISiloBuilder)"/>
    public static void AddReminders(this IServiceCollection services)
    {
        services.AddOptions<ReminderOptions>()
            .Validate(o => o.MinimumReminderPeriod >= TimeSpan.Zero, "ReminderOptions.MinimumReminderPeriod must be 0 or more.");
        services.TryAddSingleton<ReminderRegistry>();
    }
}
