using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Enforcement.Vetting;
using Grid.Core.Ingress;
using Grid.Mail.Mime;

namespace Grid.Host.Ingress;

/// <summary>What a message is held against in its tenant's vetting file. Only read where the policy asks for it.</summary>
internal static class VettingFacts
{
    private static readonly string[] Names = ["tenant.attested", "tenant.accepted", "message.registeredFromName", "message.confirmedReplyTo"];

    /// <summary>Whether a clause of the policy looks at any of it.</summary>
    public static bool AreAsked(EnforcementPolicy policy) => policy.FactsUsed.Overlaps(Names);

    /// <summary>The facts with these.</summary>
    public static MessageFacts Add(MessageFacts facts, EnforcementPolicy policy, TenantSpec tenant, ReadOnlyMemory<byte> body, VettingFile file)
    {
        var message = MessageReader.Read(body);
        return facts with
        {
            Attested = VettingDemands.Unattested(policy, file).Count == 0,
            Accepted = VettingDemands.IsAccepted(policy, file),
            RegisteredFromName = message.Header("From") is { } from && Mailbox.TryParse(from.Text, out var sender) && sender.Name.Length > 0 ? IsRegistered(tenant, file, sender.Name) : null,
            ConfirmedReplyTo = message.Header("Reply-To") is { } replyTo
                ? MailboxParser.Parse(replyTo.Value) is { Count: > 0 } readers && readers.All(reader => IsConfirmed(file, reader.Address))
                : null,
        };
    }

    private static bool IsRegistered(TenantSpec tenant, VettingFile file, string name) =>
        file.SenderNames.Append(tenant.Profile?.Company ?? "").Append(tenant.Name).Any(known => known.Length > 0 && IdentityMarks.Plain(known) == IdentityMarks.Plain(name));

    private static bool IsConfirmed(VettingFile file, string address) =>
        AddressNormalForm.TryNormalise(address, out var normal) && file.Addresses.Any(known => known.Address == normal && known.ConfirmedAt is not null);
}
