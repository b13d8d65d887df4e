using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Feedback;

/// <summary>
/// Suppresses addresses that bounced for good. In: a recipient and what its receiver said. Out: a suppression, as soon as there were as many
/// as the tenant's policy asks for. Guarantees that one delivery counts once, however often it is handed in, and that it is durable when the
/// call completes. Fails: where the policy can't be read the first bounce suppresses; <see cref="StoreUnavailableException"/> goes through.
/// </summary>
public sealed partial class BouncedAddresses(ISuppressions suppressions, IRegistry registry, PolicyBook policies, ILogger<BouncedAddresses> log)
{
    /// <summary>Counts one.</summary>
    /// <param name="delivery">The delivery, or the attempt, that it is about.</param>
    public async ValueTask TakeAsync(OutcomeRecord delivery, SmtpReply? reply, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (!AddressNormalForm.TryNormalise(delivery.Address, out var normal))
        {
            return;
        }

        var policy = await PolicyOfAsync(delivery.Tenant, cancellationToken);
        var suppression = new Suppression(delivery.Tenant, normal, SuppressionReason.HardBounce, at, "grid", reply?.ToString());
        switch (policy.Suppression.HardBounces)
        {
            case 0:
                break;
            case 1:
                await suppressions.AddAsync(suppression, cancellationToken);
                break;
            case var enough:
                await suppressions.AddAfterAsync(suppression, enough, policy.RepeatWindow, $"{delivery.Key.Message}/{delivery.Key.Recipient}", cancellationToken);
                break;
        }
    }

    private async ValueTask<EnforcementPolicy> PolicyOfAsync(string tenant, CancellationToken cancellationToken)
    {
        // From the registry: the tenant's grain may itself wait for outcomes to be kept.
        var name = (await registry.FindAsync<TenantSpec>(Registered.Tenant, tenant, cancellationToken))?.Policy ?? PolicyBook.Default;
        try
        {
            return (await policies.FindAsync(name) ?? await policies.FindAsync(PolicyBook.Default))?.For(Subject.Tenant(tenant)).Policy ?? EnforcementPolicy.Default;
        }
        catch (Exception e) when (e is not OperationCanceledException and not StoreUnavailableException and not OutOfMemoryException)
        {
            LogNoPolicy(e, name);
            return EnforcementPolicy.Default;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Policy {Policy} can't be had; a hard bounce suppresses at once")]
    private partial void LogNoPolicy(Exception e, string policy);
}
