using System.Net;
using System.Text;
using Grid.Core.Feedback;
using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Feedback;
using Grid.Host.Feedback;

namespace Grid.Host.Public;

/// <summary>
/// The abuse form.
/// In: whom the mail came from and went to, its headers. Out: a case number.
/// Guarantees: one host sends at most <see cref="MaxPerPeerPerHour"/> forms an hour; a form without its stamp is refused; where the headers
/// bring the genuine token of the address that was entered, that address is off the tenant's lists when the answer is sent, as nobody else
/// can have them; nothing else follows by itself.
/// Fails: 422 with every fault beside its field; 429.
/// </summary>
internal static class AbuseEndpoints
{
    /// <summary>Forms of one host in an hour.</summary>
    public const int MaxPerPeerPerHour = 30;

    public static void MapAbuseForm(this IEndpointRouteBuilder routes)
    {
        var form = routes.MapGroup("/abuse").WithTags("Public");
        routes.MapGet("/" + PublicPage.StylePath, PublicPage.StyleSheet).ExcludeFromDescription();
        form.MapMethods("", ["GET", "HEAD"], (HttpContext context, FormStamp stamps) => AbusePage.Ask(AbuseForm.Empty, new Dictionary<string, string>(), stamps.Make()))
            .Produces(200, contentType: "text/html");
        form.MapPost("", Take).Produces(200, contentType: "text/html").Produces(422, contentType: "text/html").Produces(429, contentType: "text/html").DisableAntiforgery();
    }

    private static async Task<IResult> Take(
        HttpContext context, FormStamp stamps, HourlyLimits limits, TokenSearch tokens, ISpool spool, AbuseDesk desk, UnsubscribeDesk unsubscribes, TimeProvider clock)
    {
        var peer = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (!limits.TryTake("forms of " + AbuseDesk.GroupOf(peer), MaxPerPeerPerHour))
        {
            return AbusePage.TooMany();
        }

        var form = await AbuseForm.ReadAsync(context);
        if (form.Faults(stamps) is { Count: > 0 } faults)
        {
            return AbusePage.Ask(form, faults, stamps.Make());
        }

        var evidence = Encoding.Latin1.GetBytes(form.Message);
        var reference = tokens.Anywhere(evidence);
        var stored = reference is { } named ? await spool.FindAsync(named.Message, context.RequestAborted) : null;
        var number = await desk.OpenAsync(
            new()
            {
                At = clock.GetUtcNow(),
                Source = AbuseSource.Form,
                Peer = AbuseDesk.Show(peer),
                Reporter = form.Reporter,
                Sender = form.Sender,
                SpammedAddress = form.SpammedAddress,
                SpammedAt = form.When,
                Words = form.Words,
                Tenant = stored?.Tenant,
                Message = reference?.Message,
                Evidence = evidence,
            },
            CancellationToken.None);
        if (number is not { } known)
        {
            return AbusePage.TooMany();
        }

        return AbusePage.Done(known, stored is not null, stored is not null && await RemoveAsync(stored, reference!.Value, form.SpammedAddress, known, unsubscribes));
    }

    private static async ValueTask<bool> RemoveAsync(StoredMessage stored, MessageReference reference, string spammed, long number, UnsubscribeDesk unsubscribes)
    {
        if (!AddressNormalForm.TryNormalise(spammed, out var wanted))
        {
            return false;
        }

        var delivered = stored.History.FirstOrDefault(record =>
            record.Kind == OutcomeKind.Delivered
            && (reference.Recipient == MessageToken.WholeMessage || record.Key.Recipient == reference.Recipient)
            && AddressNormalForm.TryNormalise(record.Address, out var normal) && normal == wanted);
        return delivered is not null && await unsubscribes.UnsubscribeAsync(
            new(stored.Tenant, stored.Id, delivered.Key.Recipient, delivered.Address), UnsubscribeChoice.Sender, $"abuse case {number}", CancellationToken.None);
    }
}
