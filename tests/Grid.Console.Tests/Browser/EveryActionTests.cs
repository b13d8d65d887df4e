using System.Text;
using System.Text.Json.Nodes;
using Grid.Console.Tests.Beds;

namespace Grid.Console.Tests.Browser;

/// <summary>
/// Every form of every page, filled in and sent in a browser, each of its choices once: what is mapped is on some page, it does what it says,
/// and what was done stands on the ledger with its reason.
/// </summary>
[Collection(nameof(ConsoleCollection))]
public sealed class EveryActionTests(ConsoleGrid grid, Browsing browsing)
{
    private const string Tenant = "acting";

    /// <summary>Ends what the others need, so it comes when all else is done, in this order.</summary>
    private static readonly string[] Final = ["lift", "erase", "cancel-all-all", "to-terminated"];

    /// <summary>Changes nothing that is judged: leaves nothing on the ledger.</summary>
    private static readonly string[] Readers =
        ["/feedback/classify", "/decisions/verify", "/tenants/{id}/signing-keys check", "/platform/signing-keys check", "/policies/draft check", "/policies/draft preview", "/policies/{id}/draft check", "/policies/{id}/draft preview", "/feedback/report read"];

    /// <summary>Refused here, and rightly: no record is published in these tests' DNS, and the report is of a message that nobody sent. Each with the words of it.</summary>
    private static readonly (string Form, string Words)[] Refused =
    [
        ("/tenants/{id}/signing-keys activate", "isn't published"), ("/tenants/{id}/signing-keys retire", "Only a key that signs can be retired"),
        ("/platform/signing-keys activate", "isn't published"), ("/platform/signing-keys retire", "Only a key that signs can be retired"),
    ];

    [Fact]
    public async Task Every_form_does_what_it_says_with_its_reason_on_the_ledger()
    {
        var scenery = await Scenery.SetAsync(grid, Tenant);
        await grid.CallAsync(HttpMethod.Put, "/v1/policies/trial-of-all", new { policy = "trial-of-all", extends = "default" });
        await grid.CallAsync(HttpMethod.Put, "/v1/policies/trial-of-all?reach=shadow", new { policy = "trial-of-all", extends = "default", words = "another" });
        using (var demanding = new StringContent("policy: demanding\nextends: default\nparameters: {vettingRequired: true, vetting: {demands: [approval], regimes: [can-spam]}}\n", Encoding.UTF8, "application/yaml"))
        {
            using var push = new HttpRequestMessage(HttpMethod.Put, "/v1/policies/demanding") { Content = demanding };
            push.Headers.Authorization = new("Bearer", ConsoleGrid.OperatorKey);
            using var pushed = await grid.Http.SendAsync(push);
            Assert.True(pushed.IsSuccessStatusCode);
        }

        await grid.CallAsync(HttpMethod.Put, $"/v1/tenants/{Tenant}-new", new { name = "New", policy = "demanding", sendingDomains = new[] { $"{Tenant}-new.example" } });
        var key = (await grid.CallAsync(HttpMethod.Get, "/v1/platform/domains")).Json["domains"]![0]!["keys"]!.AsArray().FirstOrDefault()?["selector"];
        await grid.CallAsync(HttpMethod.Delete, $"/v1/platform/domains/platform.example/keys/{key}");
        await grid.CallAsync(HttpMethod.Post, "/v1/messages", new { from = $"news@{Tenant}.example", to = new[] { "a@acting-r.example", "b@acting-r.example" }, subject = "Held too", text = "Held too\n" }, scenery.Key);
        var held = (await grid.CallAsync(HttpMethod.Get, $"/v1/held?tenant={Tenant}")).Json["messages"]!.AsArray().Select(message => $"/held/{message!["id"]}").ToList();
        Assert.Equal(2, held.Count);
        var paths = held.Concat([$"/tenants/{Tenant}-new/vetting", $"/tenants/{Tenant}/consents", "/policies/careful", "/policies/trial-of-all", "/ips/127.0.0.70"])
            .Concat(PagesTests.Paths.Select(path => scenery.At(path.Replace("pages", Tenant, StringComparison.Ordinal)))).Distinct().ToList();

        await using var visit = await browsing.VisitAsync(grid);
        var forms = new Forms(visit, ConsoleMap.Actions(grid).Select(action => action.Path));
        var (driven, refused, untold) = (new HashSet<string>(), new List<string>(), new List<string>());
        try
        {
            foreach (var (path, last) in paths.Select(path => (path, "")).Concat(from id in Final from path in paths select (path, id)))
            {
                while (await forms.NextAsync(path, form => !driven.Contains(form.Key) && (last.Length > 0 ? form.Id == last : !Final.Contains(form.Id))) is { } form)
                {
                    driven.Add(form.Key);
                    var reason = $"reason {driven.Count:000}";
                    if (await forms.SendAsync(form, reason) is { } fault)
                    {
                        refused.Add($"{form.Key}: {fault}");
                    }
                    else if (!Readers.Contains(form.Choice) && !await IsOnLedgerAsync(reason))
                    {
                        untold.Add(form.Key);
                    }
                }
            }
        }
        finally
        {
            await grid.CallAsync(HttpMethod.Post, "/v1/queue/resume", new { });
        }

        Assert.DoesNotContain(ConsoleMap.Actions(grid), action => action.Path != "/sign-out" && !action.Path.StartsWith("/own", StringComparison.Ordinal) && !driven.Any(form => form.StartsWith(action.Path + " ", StringComparison.Ordinal)));
        Assert.All(Final, id => Assert.Contains(driven, form => form.EndsWith(" #" + id, StringComparison.Ordinal)));
        Assert.Empty(untold);
        Assert.DoesNotContain(refused, form => !Refused.Any(known => form.StartsWith(known.Form, StringComparison.Ordinal) && form.Contains(known.Words, StringComparison.Ordinal)));
        Assert.Empty(visit.Faults);
    }

    private async Task<bool> IsOnLedgerAsync(string reason) =>
        (await grid.CallAsync(HttpMethod.Get, "/v1/decisions?limit=50")).Json["decisions"]!.AsArray().Any(decision => Says(decision!, reason));

    private static bool Says(JsonNode decision, string reason) => decision["reason"]?.GetValue<string>().Contains(reason, StringComparison.Ordinal) == true || decision["evidence"]?.ToJsonString().Contains(reason, StringComparison.Ordinal) == true;
}
