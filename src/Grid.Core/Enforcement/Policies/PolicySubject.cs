namespace Grid.Core.Enforcement.Policies;

/// <summary>What a clause of a policy is about.</summary>
public enum PolicySubject : byte
{
    /// <summary>A message, whole.</summary>
    Message = 1,

    /// <summary>One recipient of a message.</summary>
    Recipient = 2,

    /// <summary>The list that the recipients come from, as it is declared with the message.</summary>
    List = 3,

    /// <summary>A stream of a tenant.</summary>
    Stream = 4,

    /// <summary>A campaign of a tenant.</summary>
    Campaign = 5,

    /// <summary>A tenant.</summary>
    Tenant = 6,

    /// <summary>A sending IP.</summary>
    Ip = 7,

    /// <summary>A recipient domain.</summary>
    Domain = 8,
}
