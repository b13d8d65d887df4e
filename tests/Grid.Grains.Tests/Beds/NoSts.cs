using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Tests.Beds;

/// <summary>No domain has an MTA-STS policy.</summary>
internal sealed class NoSts : IStsPolicies
{
    public StsFacts? Known(string domain) => null;
}
