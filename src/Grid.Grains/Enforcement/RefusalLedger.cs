using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Grid.Core.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>
/// Refusals of messages on the ledger, by class: the first of a day of a tenant under a clause of a policy's version, among the policy's
/// entries. Guarantees one entry a class and day, also over restarts, as its id is made from them. Remembers at most
/// <see cref="MaxClasses"/> classes and then begins anew; the ledger knows its ids. A store that can't be written delays no refusal: the
/// next one of the class is noted.
/// </summary>
public sealed class RefusalLedger(ILedger ledger, TimeProvider clock)
{
    private const int MaxClasses = 100_000;

    private readonly ConcurrentDictionary<string, byte> _noted = new(StringComparer.Ordinal);

    public async ValueTask NoteAsync(string tenant, EnforcementPolicy policy, string clause, string words, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var name = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd}/{tenant}/{policy.Name}@{policy.Version}/{clause}");
        if (_noted.Count >= MaxClasses)
        {
            _noted.Clear();
        }

        if (!_noted.TryAdd(name, 0))
        {
            return;
        }

        try
        {
            await ledger.AppendAsync(
                new()
                {
                    Id = "refusal-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 12)),
                    At = now,
                    Subject = Subject.Policy(policy.Name),
                    From = Standing.Active,
                    To = Standing.Active,
                    Action = "refuse",
                    Policy = policy.Name,
                    PolicyVersion = policy.Version,
                    Clause = clause,
                    By = "grid",
                    Reason = words,
                    Kind = DecisionKind.Refusal,
                    Evidence = "tenant/" + tenant,
                },
                cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            _noted.TryRemove(name, out _);
        }
        catch (OperationCanceledException)
        {
            _noted.TryRemove(name, out _);
            throw;
        }
    }
}
