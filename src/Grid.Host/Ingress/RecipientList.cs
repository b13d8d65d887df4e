using System.Globalization;
using Grid.Core.Vocabulary;
using Grid.Grains.Ingress;
using Grid.Host.Api;
using Grid.Mail.Mime;

namespace Grid.Host.Ingress;

/// <summary>The recipients of one message, in order and each once: an address that stands in several lists is delivered to once.</summary>
public sealed class RecipientList(int max, Faults faults)
{
    /// <summary>What an address must be.</summary>
    public const string AddressRule = "must be an address such as a@b.example or Name <a@b.example>";

    private readonly List<SubmittedRecipient> _all = new(1);
    private HashSet<string>? _seen;
    private int _given;

    /// <summary>All of them.</summary>
    public IReadOnlyList<SubmittedRecipient> All => _all;

    /// <summary>An address has characters beyond ASCII before the @.</summary>
    public bool NeedUtf8 { get; private set; }

    /// <summary>Reads one list, such as "to".</summary>
    public IReadOnlyList<Mailbox> Read(string field, IReadOnlyList<string?>? given)
    {
        if (given is null || given.Count == 0)
        {
            return [];
        }

        _given += given.Count;
        if (_given > max)
        {
            faults.Add(field, string.Create(CultureInfo.InvariantCulture, $"to, cc and bcc together must be at most {max}"));
            return [];
        }

        var mailboxes = new List<Mailbox>(given.Count);
        for (var i = 0; i < given.Count; i++)
        {
            if (given[i] is { } text && Mailbox.TryParse(text, out var mailbox))
            {
                mailboxes.Add(mailbox);
                Add(mailbox.Address);
            }
            else
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{field}[{i}]"), AddressRule);
            }
        }

        return mailboxes;
    }

    /// <summary>Adds one recipient, unless it is there.</summary>
    /// <param name="notify">NOTIFY of RFC 3461; null where not given.</param>
    /// <param name="original">ORCPT, likewise.</param>
    public void Add(EmailAddress address, DsnNotify? notify = null, string? original = null)
    {
        var text = address.ToString();
        if (_all.Count > 0)
        {
            _seen ??= new(_all.Select(recipient => recipient.Address), StringComparer.Ordinal);
            if (!_seen.Add(text))
            {
                return;
            }
        }

        NeedUtf8 |= address.NeedsUtf8;
        _all.Add(new(text, address.Domain) { Notify = notify, Original = original });
    }

    /// <summary>A message without any recipient is faulty.</summary>
    public void RequireOne()
    {
        if (_given == 0)
        {
            faults.Add("to", "at least one recipient is required in to, cc or bcc");
        }
    }
}
