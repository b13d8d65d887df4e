namespace Grid.Host.Api.Model;

/// <summary>A rule and what carries it.</summary>
/// <param name="State">on; on report (it acts when something is reported); waived for the tenant; waits (nothing carries it yet); text.</param>
/// <param name="LastRefused">When it last refused mail of the tenant's.</param>
public sealed record ControlBody(string Clause, string Words, string CarriedBy, string State, DateTimeOffset? LastRefused);
