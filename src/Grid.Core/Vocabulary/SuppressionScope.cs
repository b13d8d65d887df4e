namespace Grid.Core.Vocabulary;

/// <summary>Which mail an address is suppressed for. The numbers are stored.</summary>
public enum SuppressionScope : byte
{
    /// <summary>All mail.</summary>
    All = 0,

    /// <summary>Bulk mail only: who unsubscribes from a newsletter still gets a receipt or a password.</summary>
    Bulk = 1,
}
