using Grid.System.Tests.Beds;

namespace Grid.System.Tests;

/// <summary>A disk that fills up: intake says so and goes on when there is room again; what was accepted is delivered.</summary>
public sealed class FullDiskTests
{
    private const int DiskMiB = 48;

    [Fact]
    public async Task Full_disk_refuses_mail_for_a_while_and_loses_none()
    {
        await using var disk = await SmallDisk.MountAsync(DiskMiB);
        await using var receiver = new RecordingReceiver();
        await using var grid = await GridProcess.StartAsync(new GridSetup { Folder = disk.Folder }.Route("*", receiver.Port));
        var key = await grid.Api.TenantAsync("acme");
        using var client = await SubmissionClient.SignedInAsync(grid.SubmissionPort, "acme", key);
        var accepted = new List<string>();
        async Task<ApiAnswer> PostAsync()
        {
            var tag = $"m{Guid.NewGuid():N}";
            var answer = await grid.Api.PostAsync("/v1/messages", Large(tag), key);
            if (answer.Status == 202)
            {
                accepted.Add(tag);
            }

            return answer;
        }

        Assert.Equal(202, (await PostAsync()).Status);
        await disk.FillAsync();
        var refused = await Eventually.BecomesAsync(PostAsync, answer => answer.Status != 202, 60, "a refusal");
        Assert.Equal(503, refused.Status);
        Assert.True(refused.Headers?.RetryAfter?.Delta > TimeSpan.Zero, refused.ToString());
        Assert.StartsWith("452 4.3.1", await client.SendAsync("news@acme.example", "someone@client.example", Letter("full")));
        Assert.Equal(200, (await grid.Api.GetAsync("/health/live")).Status);

        disk.MakeRoom();
        await Eventually.BecomesAsync(PostAsync, answer => answer.Status == 202, 60, "acceptance");
        await Eventually.BecomesAsync(() => grid.Api.GetAsync("/health/ready"), answer => answer.Status == 200, 30, "readiness");
        Assert.StartsWith("250", await client.SendAsync("news@acme.example", "someone@client.example", Letter("room")));
        accepted.Add("room");

        await receiver.ReceivesAsync(accepted.Count, 60);
        await Eventually.BecomesAsync(() => grid.CounterAsync("acme", "delivered"), count => count == accepted.Count, 60, $"the counter (of {accepted.Count})");
        Assert.Equal(0, await grid.StopAsync());
        Assert.Equal(accepted.Order(StringComparer.Ordinal), receiver.Messages.Select(message => message.Subject).Order(StringComparer.Ordinal));
    }

    /// <summary>A message of about 100 KB.</summary>
    private static object Large(string subject) => new
    {
        from = "news@acme.example",
        to = new[] { "someone@client.example" },
        subject,
        text = string.Concat(Enumerable.Repeat("Hello, this is a line of some length that fills the disk.\n", 1700)) + "1 Main St, 12345 Town\n",
    };

    private static byte[] Letter(string subject) =>
        global::System.Text.Encoding.ASCII.GetBytes($"From: news@acme.example\r\nSubject: {subject}\r\n\r\n{new string('x', 70)}\r\n1 Main St, 12345 Town\r\n");
}
