namespace Grid.Host.Api.Access;

/// <summary>As whom a caller acts.</summary>
public enum CallerRole
{
    /// <summary>Runs the grid.</summary>
    Operator,

    /// <summary>Sends over it.</summary>
    Tenant,

    /// <summary>Sees what the operator sees, and changes nothing.</summary>
    Reader,
}
