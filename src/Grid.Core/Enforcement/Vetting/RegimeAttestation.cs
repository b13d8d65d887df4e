namespace Grid.Core.Enforcement.Vetting;

/// <summary>Somebody's word that the tenant keeps to a law.</summary>
/// <param name="Regime">Such as can-spam, gdpr, casl.</param>
/// <param name="Version">Version of the policy that asked for it.</param>
/// <param name="Effective">That policy's date; one that is later than this asks for the attestation anew.</param>
/// <param name="Person">Name of the person.</param>
/// <param name="Ip">Address from which they gave it; empty where it isn't known.</param>
public sealed record RegimeAttestation(string Regime, string Policy, int Version, DateOnly? Effective, string Person, DateTimeOffset At, string Ip);
