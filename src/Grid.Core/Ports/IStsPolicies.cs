using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>Domains' MTA-STS policies as they were when their mail was last routed.</summary>
public interface IStsPolicies
{
    /// <summary>Null where a domain has none that asks for anything.</summary>
    StsFacts? Known(string domain);
}
