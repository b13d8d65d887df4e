namespace Grid.Core.Vocabulary;

/// <summary>Transport security toward a receiver.</summary>
public enum TlsMode : byte
{
    /// <summary>Never asked for.</summary>
    None = 0,

    /// <summary>Used where the receiver offers STARTTLS; any certificate will do.</summary>
    Opportunistic = 1,

    /// <summary>STARTTLS with a valid certificate, or no delivery.</summary>
    Required = 2,
}
