using Grid.System.Tests.Beds;

namespace Grid.System.Tests;

/// <summary>What follows from a decision outside of its subject, over kills: each tenant's contact is told, and what a terminated one was known by is remembered.</summary>
public sealed class NoticeTests
{
    private const int Tenants = 5;

    [Fact]
    public async Task Decisions_are_followed_once_though_the_process_is_killed_as_they_are_made()
    {
        await using var receiver = new RecordingReceiver();
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(receiver.Port).On(GridStoreKind.Sqlite));
        for (var i = 0; i < Tenants; i++)
        {
            await PutAsync(grid, $"t{i}", $"Company {i} Ltd");
        }

        for (var i = 0; i < Tenants; i++)
        {
            Assert.Equal(200, (await grid.Api.PostAsync($"/v1/tenants/t{i}/state", new { state = "terminated", reason = "fraud" })).Status);
            await grid.KillAsync();
            await grid.StartAgainAsync();
        }

        await Eventually.BecomesAsync(() => Told(receiver).Count, told => told == Tenants, 60, "the contacts that were told");
        Assert.All(Told(receiver), notice => Assert.Single(notice));
        for (var i = 0; i < Tenants; i++)
        {
            Assert.Equal("pending", (await PutAsync(grid, $"again{i}", $"COMPANY {i}, Inc.")).TextAt("state"));
        }

        Assert.Equal("active", (await PutAsync(grid, "other", "Somebody Else")).TextAt("state"));
    }

    // By address: the different messages that came. One may come twice where a kill cut off its transaction.
    private static List<IEnumerable<string>> Told(RecordingReceiver receiver) =>
    [
        .. receiver.Messages.Where(message => message.Header.Contains("\r\nSubject: Your account is terminated\r\n", StringComparison.Ordinal))
            .GroupBy(message => message.Recipients[0], message => message.Header[message.Header.IndexOf("\r\nMessage-ID:", StringComparison.OrdinalIgnoreCase)..].Split("\r\n")[1])
            .Select(group => group.Distinct()),
    ];

    private static async Task<ApiAnswer> PutAsync(GridProcess grid, string id, string company)
    {
        var profile = new { company, postalAddress = id + " Road 1", website = $"https://{id}.example", contactEmail = $"ops@{id}.example", country = "US" };
        return await grid.Api.PutAsync($"/v1/tenants/{id}", new { name = id, policy = "default", sendingDomains = new[] { $"{id}.example" }, profile });
    }
}
