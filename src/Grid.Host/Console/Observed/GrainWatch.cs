using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Contracts.Enforcement;
using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains;
using Grid.Host.Api;
using Orleans.Runtime;

namespace Grid.Host.Console.Observed;

/// <summary>What the engine and the process say of themselves: activations, reminders, one grain's state. Asks for nothing that either engine lacks.</summary>
internal sealed class GrainWatch(IGrainFactory grains, IReminderTable reminders, IGrainStateStore states, NodeIdentity node, SubjectIndex index, TimeProvider clock)
{
    private const int MaxStateBytes = 256 * 1024;

    // Only shown as encoded text: readable rather than escaped twice.
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public SiloFigures Silo() => new(
        node.Name,
        node.Number,
        Environment.MachineName,
        typeof(IManagementGrain).Assembly.GetName().Name == "Orleans.Embedded" ? "embedded engine" : "Microsoft Orleans",
        Up(),
        Environment.CpuUsage.TotalTime.TotalSeconds,
        Environment.WorkingSet,
        GC.GetTotalMemory(false));

    private TimeSpan Up()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return clock.GetUtcNow() - process.StartTime.ToUniversalTime();
    }

    /// <summary>Active grains by class, the most numerous first.</summary>
    public async Task<List<(string Type, int Count)>> ActivationsAsync() =>
        [.. (await grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics()).GroupBy(type => type.GrainType.Split(',')[0].Split('.')[^1])
            .Select(type => (type.Key, type.Sum(silo => silo.ActivationCount))).OrderByDescending(type => type.Item2).ThenBy(type => type.Key, StringComparer.Ordinal)];

    public async Task<IReadOnlyList<KnownReminder>> RemindersAsync() =>
        [.. (await reminders.ReadRows(0, 0)).Reminders.Select(entry => new KnownReminder(entry.GrainId.ToString(), entry.ReminderName, new(DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc)), entry.Period))];

    /// <summary>A tenant, sending IP or recipient domain, as the ledger writes it; null for what isn't known, which would otherwise be made by asking.</summary>
    public async Task<GrainPicture?> LookAsync(string text)
    {
        if (!Subject.TryParse(text, out var subject))
        {
            return null;
        }

        var live = subject.Kind switch
        {
            SubjectKind.Tenant => SubjectNames.IsTenant(subject.Key) ? await grains.GetGrain<ITenantGrain>(subject.Key).Find() : null,
            SubjectKind.Ip => SubjectKeys.TryIp(subject.Key, out var address) && await grains.GetGrain<ISendingIpGrain>(address).Find() is { } spec
                ? new { address, spec, account = await grains.GetGrain<ISendingIpGrain>(address).View() } : null,
            SubjectKind.Domain => (await index.DomainsAsync()).Any(domain => domain.Name == subject.Key)
                ? new { limits = await grains.GetGrain<IRecipientDomainGrain>(subject.Key).Limits(), account = await grains.GetGrain<IRecipientDomainGrain>(subject.Key).View() } : null,
            _ => (object?)null,
        };
        if (live is null)
        {
            return null;
        }

        var stored = await states.ReadAsync("account", subject.ToString());
        return new(JsonSerializer.Serialize(live, Indented), stored is null ? null : Shorten(stored.Data));
    }

    private static string Shorten(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaxStateBytes)
        {
            return $"{json.Length} bytes: too much to show.";
        }

        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, Indented);
    }
}
