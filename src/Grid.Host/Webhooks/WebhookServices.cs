using Grid.Core.Ports;
using Grid.Grains;

namespace Grid.Host.Webhooks;

/// <summary>What every webhook's runner needs.</summary>
internal sealed record WebhookServices(
    IWebhooks Webhooks,
    IOutcomeLog Log,
    IOutcomeLookUp LookUp,
    IWebhookTransport Transport,
    OutcomeBell Bell,
    WebhookLanes Lanes,
    WebhookInstruments Instruments,
    IWebhookNotices Notices,
    NodeIdentity Node,
    TimeProvider Clock);
