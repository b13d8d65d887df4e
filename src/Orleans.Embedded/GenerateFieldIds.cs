namespace Orleans;

/// <summary>Which members get field ids by themselves.</summary>
public enum GenerateFieldIds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Public properties.</summary>
    PublicProperties = 1,
}
