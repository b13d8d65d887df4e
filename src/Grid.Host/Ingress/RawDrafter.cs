using Grid.Contracts.Enforcement;
using Grid.Core.Vocabulary;
using Grid.Grains.Ingress;
using Grid.Host.Api;
using Grid.Host.Feedback;
using Grid.Host.Options;
using Grid.Mail.Mime;

namespace Grid.Host.Ingress;

/// <summary>
/// Makes submissions of whole messages, from SMTP or HTTP.
/// In: the tenant, the bytes with their envelope, the id that the message is to have. Out: a <see cref="Draft"/>.
/// Guarantees: what is safe to put right is put right, and nothing else is touched: the body stays byte for byte; From is in one of the
/// tenant's domains; bulk mail without a way to unsubscribe gets one; X-Grid-Stream, X-Grid-Campaign and the declarations are read and,
/// with all others of their kind, taken out.
/// Fails with all faults listed; never throws on any bytes.
/// </summary>
public sealed class RawDrafter(MessageDrafter drafter, LimitOptions limits, TimeProvider clock)
{
    private const string StreamHeader = "X-Grid-Stream";
    private const string CampaignHeader = "X-Grid-Campaign";

    /// <summary>Checks, repairs and edits.</summary>
    /// <param name="faults">What is wrong with the envelope already; what is wrong with the message is added.</param>
    public Draft Draft(TenantSpec tenant, RawMessage raw, MessageId id, Faults faults)
    {
        if (raw.Bytes.Length > limits.MaxMessageBytes)
        {
            return new Draft.TooLarge(limits.MaxMessageBytes);
        }

        var repair = SubmissionRepair.Repair(raw.Bytes, new RepairOptions
        {
            MessageId = $"{id}@{(tenant.SendingDomains.Count > 0 ? tenant.SendingDomains[0] : "localhost")}",
            Now = clock.GetUtcNow(),
            NormalizesLineEnds = !raw.OverSmtp,
            KeepsUtf8Headers = raw.Utf8,
        });
        if (repair is not RepairResult.Repaired repaired)
        {
            foreach (var fault in ((RepairResult.Refused)repair).Faults)
            {
                faults.Add(fault.Field, fault.Problem);
            }

            return new Draft.Faulty(faults.Errors);
        }

        var facts = repaired.Facts;
        if (!SenderDomains.Allow(tenant, facts.From.Address.Domain))
        {
            faults.Add("From", SenderDomains.Words(tenant), SenderDomains.Clause);
        }

        var own = OwnHeaders.Read(repaired.Bytes.Span[..facts.HeaderLength]);
        var stream = own.Value(StreamHeader) is { } named ? MessageDrafter.ReadStream(named, faults) : raw.Stream;
        var campaign = faults.OptionalText(CampaignHeader, own.Value(CampaignHeader), MessageDrafter.MaxCampaign) ?? raw.Campaign;
        var declared = DeclarationReader.FromHeaders(own, faults);
        if (!faults.None)
        {
            return new Draft.Faulty(faults.Errors);
        }

        return new Draft.Ready(new Submission
        {
            Id = id,
            Body = Edit(repaired.Bytes, own, raw.Received, id, stream, stream == MailStream.Bulk && !facts.HasListUnsubscribe ? drafter.UnsubscribeHeaders(tenant, id, raw.Recipients) : []),
            FromDomain = facts.From.Address.Domain,
            Recipients = raw.Recipients.All,
            Stream = stream,
            Campaign = campaign,
            Details = DetailsWriter.Write(facts.From.ToString(), facts.Subject, null, declared),
            EightBit = facts.IsEightBit,
            RequireTls = raw.RequireTls,
            AnyTls = facts.IsTlsOptional && !raw.RequireTls,
            Utf8 = facts.NeedsUtf8Headers || raw.Recipients.NeedUtf8,
        })
        {
            Declared = declared,
        };
    }

    private byte[] Edit(ReadOnlyMemory<byte> message, OwnHeaders own, string? received, MessageId id, MailStream stream, IEnumerable<KeyValuePair<string, string>> more)
    {
        var edit = new HeaderEdit(message);
        if (received is not null)
        {
            edit.Prepend("Received", received);
        }

        edit.Prepend(MessageDrafter.ReferenceHeader, drafter.Reference(id));
        if (stream == MailStream.Bulk)
        {
            edit.Prepend(OptOutLinks.ReportHeader, drafter.ReportPage);
        }

        foreach (var (name, value) in more)
        {
            edit.Prepend(name, value);
        }

        foreach (var name in own.Names)
        {
            edit.Remove(name);
        }

        return edit.Build();
    }
}
