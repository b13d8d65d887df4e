using Grid.Host.Options;

namespace Grid.Host.Enforcement;

/// <summary>The mail that asks the reader of an address to confirm it. Whoever didn't ask for it does nothing, and hears no more.</summary>
public sealed class AddressLetters(PlatformMail mail, AddressTokens tokens, GridOptions options)
{
    /// <summary>False where the address can't be mailed.</summary>
    public ValueTask<bool> AskAsync(string tenant, string address, CancellationToken cancellationToken)
    {
        var token = tokens.Make(tenant, address);
        var text = $"""
            Somebody at {tenant} names this address as one where they read mail.

            If that is so, please confirm it here:

            {options.PublicUrl}/address/{token}

            If it isn't, do nothing: the address isn't used, and the link ends after {AddressTokens.HoldsFor.TotalDays:0} days.

            """;
        return mail.SendAsync(address, "Please confirm your address", text, "address-" + token[^20..], cancellationToken);
    }
}
