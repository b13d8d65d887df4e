using Grid.Host.Options;

namespace Grid.Host.Feedback;

/// <summary>The addresses that mail is taken for, all of the inbound domain: <c>b+TOKEN</c>, <c>unsubscribe+TOKEN</c>, fbl, abuse, help and postmaster; and a bare postmaster.</summary>
public sealed class InboundAddresses(ReturnPaths paths, OptOutLinks links, GridOptions options)
{
    /// <summary>What an address is for, and what its token names. Case doesn't matter.</summary>
    public InboundPurpose Read(string address, out MessageReference reference)
    {
        if (paths.TryRead(address, out reference))
        {
            return InboundPurpose.ReturnPath;
        }

        if (links.TryReadAddress(address, out reference))
        {
            return InboundPurpose.Unsubscribe;
        }

        var at = address.LastIndexOf('@');
        if (at >= 0 && !address.AsSpan(at + 1).Equals(options.Inbound.Domain, StringComparison.OrdinalIgnoreCase))
        {
            return InboundPurpose.None;
        }

        return (at < 0 ? address : address[..at]).ToLowerInvariant() switch
        {
            "postmaster" => InboundPurpose.Desk,
            "abuse" when at >= 0 => InboundPurpose.Desk,
            "help" when at >= 0 => InboundPurpose.Help,
            "fbl" when at >= 0 => InboundPurpose.Feedback,
            _ => InboundPurpose.None,
        };
    }
}
