using System.Security.Cryptography;
using System.Text;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Grains.Ingress;
using Grid.Host.Ingress;
using Grid.Host.Options;
using Grid.Mail.Mime;

namespace Grid.Host.Enforcement;

/// <summary>
/// The grid's own mail: notices, requests for confirmation. In: an address, a subject, a text, a key. Out: a message in the queue, sent
/// as any other, by a tenant of the platform's own. Guarantees that it is kept durably when the call completes, and once for a key and a
/// day; what comes back counts against the platform's tenant only, whose policy suspends it for nothing: others say whom it writes to. Fails with <see cref="StoreUnavailableException"/> where it can't be
/// kept now; false where the address can't be mailed at all.
/// </summary>
public sealed class PlatformMail(IGrainFactory grains, MessageDrafter drafter, Intake intake, GridOptions options, TimeProvider clock)
{
    /// <summary>The platform's own tenant.</summary>
    public const string Tenant = "grid-platform";

    private const string Policy = "platform";

    private volatile bool _isThere;

    /// <summary>Who writes.</summary>
    public string From => "postmaster@" + options.Inbound.Domain;

    /// <summary>Has a mail kept and sent.</summary>
    /// <param name="key">The same key, text and address again send nothing more.</param>
    /// <param name="answers">Message-ID of the mail that this one answers; empty where that has none; null: it answers none.</param>
    public async ValueTask<bool> SendAsync(string to, string subject, string text, string key, CancellationToken cancellationToken, string? answers = null)
    {
        if (!EmailAddress.TryParse(to, out var address) || !EmailAddress.TryParse(From, out var own))
        {
            return false;
        }

        await EnsureTenantAsync();
        var id = intake.NextId();
        var composition = MessageComposer.Compose(new()
        {
            From = new("Grid", own),
            To = [new("", address)],
            Subject = subject,
            Text = text,
            Headers = [new(MessageDrafter.ReferenceHeader, drafter.Reference(id)), .. Automatic(answers)],
            MessageId = $"{id}@{own.Domain}",
            Date = clock.GetUtcNow(),
        });
        if (composition is not Composition.Done done)
        {
            return false;
        }

        return IsTaken(await AcceptAsync(Submission(id, address, own, done), key, $"{to}\n{subject}\n{text}", cancellationToken));
    }

    /// <summary>Has a report kept and sent, whatever its domain says of TLS; not taken where the address can't be mailed at all. The same key again sends nothing more, and has no message.</summary>
    /// <param name="make">Writes the message, with this id and to this address, from <see cref="Mailbox"/>.</param>
    /// <param name="maxAge">How long it is tried.</param>
    public async ValueTask<(bool IsTaken, MessageId? Message)> ReportAsync(string to, Func<MessageId, EmailAddress, Composition> make, string key, TimeSpan maxAge, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(to, out var address) || address.NeedsUtf8 || !EmailAddress.TryParse(From, out var own))
        {
            return (false, null);
        }

        await EnsureTenantAsync();
        var id = intake.NextId();
        if (make(id, address) is not Composition.Done done)
        {
            return (false, null);
        }

        var submission = Submission(id, address, own, done) with { AnyTls = true, MaxAge = maxAge };
        var result = await AcceptAsync(submission, key, key, cancellationToken);
        return (IsTaken(result), result is IntakeResult.Accepted ? id : null);
    }

    /// <summary>Sees to it that there is the tenant.</summary>
    public async ValueTask EnsureTenantAsync()
    {
        if (_isThere)
        {
            return;
        }

        var grain = grains.GetGrain<ITenantGrain>(Tenant);
        if (await grain.Find() is null)
        {
            await grain.Put(new("Grid's own mail", Policy, "default", null, new(), [options.Inbound.Domain]));
            await grain.Vetted(true, "grid", "the platform's own mail");
        }

        _isThere = true;
    }

    /// <summary>Its address under a name.</summary>
    public Mailbox Mailbox(string name) => new(name, EmailAddress.TryParse(From, out var own) ? own : throw new InvalidOperationException($"{From} is no address"));

    private static Submission Submission(MessageId id, EmailAddress to, EmailAddress own, Composition.Done written) => new()
    {
        Id = id,
        Body = written.Bytes,
        EightBit = written.IsEightBit,
        Utf8 = written.NeedsUtf8,
        FromDomain = own.Domain,
        Recipients = [new(to.ToString(), to.Domain)],
        Stream = MailStream.Transactional,
    };

    /// <param name="what">Differs where the mail does.</param>
    private ValueTask<IntakeResult> AcceptAsync(Submission submission, string key, string what, CancellationToken cancellationToken) =>
        intake.AcceptAsync(Tenant, [submission], new(key, SHA256.HashData(Encoding.UTF8.GetBytes(what)), static _ => "{}"u8.ToArray()), cancellationToken);

    private static bool IsTaken(IntakeResult result) => result switch
    {
        IntakeResult.Accepted or IntakeResult.Repeated or IntakeResult.KeyReused => true,
        IntakeResult.Unavailable unavailable => throw new StoreUnavailableException(unavailable.Words),
        IntakeResult.Refused { Refusal.State: "throttled" } => throw new StoreUnavailableException("the platform's own tenant is over its limits"),
        _ => false,
    };

    /// <summary>RFC 3834: nobody's program is to answer, and an answer names what it answers.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Automatic(string? answers)
    {
        yield return new("Auto-Submitted", answers is null ? "auto-generated" : "auto-replied");
        yield return new("X-Auto-Response-Suppress", "All");
        if (answers is { Length: > 2 and < 250 } && answers[0] == '<' && answers[^1] == '>' && !answers.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            yield return new("In-Reply-To", answers);
            yield return new("References", answers);
        }
    }
}
