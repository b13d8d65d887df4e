namespace Grid.Host.Api.Model;

/// <summary>Who hears of abuse from a sending domain.</summary>
/// <param name="Contact">Address that reports go to.</param>
/// <param name="Form">The public form.</param>
/// <param name="Abuse">Whether somebody reads abuse@ of the domain: confirmed, asked, or not asked (POST …/vetting/addresses asks).</param>
/// <param name="Postmaster">The same of postmaster@.</param>
public sealed record AbuseContactBody(string Domain, string Contact, string Form, string Abuse, string Postmaster);
