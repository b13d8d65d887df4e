namespace Orleans.Runtime;

/// <summary>What the silo knows of itself; its grain has the key 0.</summary>
public interface IManagementGrain : IGrainWithIntegerKey
{
    /// <summary>Active grains, by their classes.</summary>
    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics();

    /// <summary>Number of active grains, this one included.</summary>
    Task<int> GetTotalActivationCount();
}
