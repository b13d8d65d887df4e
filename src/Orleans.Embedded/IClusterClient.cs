namespace Orleans;

/// <summary>The grains as code outside of them sees them.</summary>
public interface IClusterClient : IGrainFactory
{
    /// <summary>The host's services.</summary>
    IServiceProvider ServiceProvider { get; }
}
