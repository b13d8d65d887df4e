namespace Grid.Core.Ingress;

/// <summary>Differences that some receivers ignore, to be ignored in a normal form too. None by default, as others don't.</summary>
[Flags]
public enum AddressVariants
{
    None = 0,

    /// <summary>What follows a plus sign in the local part (RFC 5233's usual separator).</summary>
    DropPlusTag = 1,

    /// <summary>Dots in the local part at Gmail, and the difference between gmail.com and googlemail.com.</summary>
    DropGmailDots = 2,
}
