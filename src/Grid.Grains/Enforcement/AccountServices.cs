using Grid.Core.Enforcement;
using Grid.Core.Ports;

namespace Grid.Grains.Enforcement;

/// <summary>What account grains need from their process.</summary>
public sealed record AccountServices(ILedger Ledger, IRegistry Registry, EnforcementPolicy Policy, TimeProvider Clock);
