using Grid.Core.Ports;
using Grid.Grains.Admission;
using Grid.Grains.Sending;
using Grid.Host.Options;

namespace Grid.Host.Wiring;

/// <summary>The shaping profiles: those configured, and what was pushed over them.</summary>
internal static class ShapingWiring
{
    public static void AddGridShaping(this IServiceCollection services, GridOptions options)
    {
        services.AddSingleton(provider => new ShapingBook(
            options.Shaping.Profiles, provider.GetRequiredService<IRegistry>(), provider.GetRequiredService<PermitBook>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IShapingSource>(provider => provider.GetRequiredService<ShapingBook>());
    }
}
