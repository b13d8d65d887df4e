namespace Grid.Core.Ports;

/// <summary>Reads policies as they are written. Knows nothing of what is in force.</summary>
public interface IPolicyReader
{
    /// <summary>Policies that come with the grid: text by name; "default" is among them.</summary>
    IReadOnlyDictionary<string, string> BuiltIn { get; }

    /// <summary>Media type of the texts of <see cref="BuiltIn"/>.</summary>
    string BuiltInMediaType { get; }

    /// <summary>Reads and compiles.</summary>
    /// <param name="name">The name that it is to have.</param>
    /// <param name="text">The policy as written.</param>
    /// <param name="parent">Text of the policy of a name, for what is extended; null when there is none.</param>
    PolicyReading Read(string name, string text, Func<string, string?> parent);
}
