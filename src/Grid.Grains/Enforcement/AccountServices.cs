using Grid.Core.Ports;

namespace Grid.Grains.Enforcement;

/// <summary>What account grains need from their process.</summary>
public sealed record AccountServices(ILedger Ledger, IRegistry Registry, PolicyBook Policies, TimeProvider Clock);
