namespace Orleans.Runtime;

/// <summary>Marks a parameter of a grain's constructor, an <see cref="IPersistentState{TState}"/>, as the state of this name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute : Attribute
{
    /// <summary>A state in a storage.</summary>
    /// <param name="stateName">Its name within the grain.</param>
    /// <param name="storageName">Key of the <see cref="Storage.IGrainStorage"/> service; null: the one without a key.</param>
    public PersistentStateAttribute(string stateName, string? storageName = null)
    {
        ArgumentNullException.ThrowIfNull(stateName);
        StateName = stateName;
        StorageName = storageName;
    }

    /// <summary>Its name within the grain.</summary>
    public string StateName { get; }

    /// <summary>Key of the storage; null: the one without a key.</summary>
    public string? StorageName { get; }
}
