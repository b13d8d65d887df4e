using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement.Vetting;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Host.Api;
using Grid.Host.Api.Model;

namespace Grid.Host.Enforcement;

/// <summary>
/// A case as one file, for others to read and check: the case, the subject's decisions with their places in the ledger's chain, the texts of
/// the policies that they cite, complaints, messages as far as they are kept, vetting. In: a case. Out: a ZIP archive. The hash of each
/// entry, and of the one before it, is there, so that what was changed afterwards shows. At most <see cref="MaxDecisions"/> decisions, and
/// <see cref="MaxBodyBytes"/> of messages; those left out are named in left-out.txt.
/// </summary>
public sealed class CaseExport(CaseEvidence evidence, ILedger ledger, IRegistry registry, PolicyShelf shelf, TimeProvider clock)
{
    /// <summary>Most decisions of the subject.</summary>
    public const int MaxDecisions = 1000;

    /// <summary>Most bytes of messages, all together.</summary>
    public const int MaxBodyBytes = 64 * 1024 * 1024;

    /// <summary>Writes the archive.</summary>
    public async ValueTask<byte[]> WriteAsync(CaseFile file, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var decisions = await ledger.ReadAsync(file.Subject, null, MaxDecisions, cancellationToken);
            var own = await ledger.ReadAsync(Subject.Case(file.Id), null, MaxDecisions, cancellationToken);
            Put(archive, "case.json", CaseBody.Of(file, clock.GetUtcNow(), whole: true), ApiJson.Default.CaseBody);
            foreach (var decision in decisions.Concat(own).OrderBy(d => d.At))
            {
                if (await ledger.FindAsync(decision.Id, cancellationToken) is { } entry)
                {
                    var body = new DecisionCaseBody(DecisionBody.Of(decision)!, entry.Link, entry.Previous, entry.Hash, null, null, null);
                    Put(archive, $"ledger/{entry.Link:D8}.json", body, ApiJson.Default.DecisionCaseBody);
                }
            }

            foreach (var (policy, version) in decisions.Where(d => PolicyShelf.IsName(d.Policy)).Select(d => (d.Policy, d.PolicyVersion)).Distinct())
            {
                if (await shelf.Grain(policy).Version(version) is { } text)
                {
                    Put(archive, $"policies/{policy}-{version}.yaml", System.Text.Encoding.UTF8.GetBytes(text.Text));
                }
            }

            await AddEvidenceAsync(archive, file, decisions, cancellationToken);
        }

        return bytes.ToArray();
    }

    private async ValueTask AddEvidenceAsync(ZipArchive archive, CaseFile file, IReadOnlyList<Decision> decisions, CancellationToken cancellationToken)
    {
        var (complaints, messages) = await evidence.GatherAsync(file, decisions, cancellationToken);
        foreach (var complaint in complaints)
        {
            Put(archive, $"complaints/{complaint.MessageId}-{complaint.At.UtcTicks:x16}.json", complaint, ApiJson.Default.CaseComplaintBody);
        }

        var (left, leftOut) = (MaxBodyBytes, new List<string>());
        foreach (var message in messages)
        {
            Put(archive, $"messages/{message.MessageId}.json", message, ApiJson.Default.CaseMessageBody);
            if (await evidence.FindAsync(file, message.MessageId, cancellationToken) is not { } stored || await evidence.BodyAsync(stored, cancellationToken) is not { } body)
            {
                continue;
            }

            if (body.Length > left)
            {
                leftOut.Add(message.MessageId);
                continue;
            }

            left -= body.Length;
            Put(archive, $"messages/{message.MessageId}.eml", body);
        }

        if (leftOut.Count > 0)
        {
            Put(archive, "left-out.txt", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', leftOut) + '\n'));
        }

        if (file.Subject.Kind == SubjectKind.Tenant && await registry.ReadAsync(Registered.Vetting, file.Subject.Key, cancellationToken) is { } vetting)
        {
            Put(archive, "vetting.json", System.Text.Encoding.UTF8.GetBytes(vetting));
        }
    }

    private static void Put<T>(ZipArchive archive, string name, T value, JsonTypeInfo<T> type) => Put(archive, name, JsonSerializer.SerializeToUtf8Bytes(value, type));

    private static void Put(ZipArchive archive, string name, ReadOnlyMemory<byte> bytes)
    {
        using var stream = archive.CreateEntry(name).Open();
        stream.Write(bytes.Span);
    }
}
