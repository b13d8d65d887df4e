using System.Globalization;
using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Ingress;
using Grid.Grains.Tests.Beds;

namespace Grid.Grains.Tests.Feedback;

public sealed class SuppressionSpellingTests
{
    private const int PerMessage = 100;

    private static readonly (string Local, string Domain)[] Mailboxes =
        [("ann", "example.com"), ("john.doe+news", "bücher.example"), ("jürgen", "xn--bcher-kva.example"), ("o'brien-x_y", "mail.example.co.uk"), ("a.b.c", "münchen.de")];

    private static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("GRID_SPELLINGS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 5_000;

    /// <summary>Suppress an address, then send to spellings of it: those that are new, and those that were queued before. None is ever sent.</summary>
    [Fact]
    public async Task Suppressed_address_no_spelling_of_it_is_ever_sent_to()
    {
        await using var bed = await GridBed.StartAsync(new() { Run = true });
        await bed.PutTenantAsync();
        var spellings = new Spellings(seed: 7);
        var all = Enumerable.Range(0, Count).Select(i => Mailboxes[i % Mailboxes.Length]).Select(box => spellings.Of(box.Local, box.Domain)).ToArray();
        Assert.True(all.Distinct().Count() > Count / 4);

        var messages = all.Chunk(PerMessage).ToArray();
        var ids = new List<MessageId>();
        foreach (var recipients in messages[..(messages.Length / 2)])
        {
            ids.Add(await bed.SubmitAsync(GridBed.Tenant, Message(bed, recipients, bed.Now.AddHours(1))));
        }

        foreach (var (local, domain) in Mailboxes)
        {
            Assert.True(AddressNormalForm.TryNormalise($"{local}@{domain}", out var normal));
            await bed.Get<ISuppressions>().AddAsync(new(GridBed.Tenant, normal, SuppressionReason.Unsubscribe, bed.Now, "recipient") { Scope = SuppressionScope.Bulk });
        }

        foreach (var recipients in messages[(messages.Length / 2)..])
        {
            ids.Add(await bed.SubmitAsync(GridBed.Tenant, Message(bed, recipients, null)));
        }

        await bed.PassAsync(TimeSpan.FromMinutes(10), () => bed.Spool.CountAsync(bed.Now).AsTask().GetAwaiter().GetResult().Whole.Total == 0, "the queue is empty");

        Assert.Empty(bed.Transport.Begun);
        foreach (var id in ids)
        {
            Assert.All((await bed.Spool.FindAsync(id))!.History, record => Assert.Equal((OutcomeKind.Suppressed, "suppressed-unsubscribe"), (record.Kind, record.Clause)));
        }
    }

    private static Submission Message(GridBed bed, string[] recipients, DateTimeOffset? sendAt) => bed.Message([], sendAt: sendAt) with
    {
        Recipients = [.. recipients.Select(address => new SubmittedRecipient(address, DomainOf(address)))],
    };

    private static string DomainOf(string address)
    {
        Assert.True(DomainName.TryNormalise(address.AsSpan(address.LastIndexOf('@') + 1).Trim(), out var domain), address);
        return domain;
    }
}
