using System.CommandLine;
using System.Text.Json.Nodes;
using Grid.Cli.Output;
using static Grid.Cli.Commands.CallCommand;

namespace Grid.Cli.Commands;

/// <summary>grid tenant: for the operator.</summary>
internal static class TenantCommands
{
    private static readonly Column[] Columns =
    [
        .. ((string[])["id", "state", "since", "policy=policy.name", "delivered=counters.delivered", "complaints=counters.complaints", "complaint rate=rates.complaint%", "hard bounces=rates.hardBounce%", "name"])
            .Select(Column.Parse),
    ];

    public static Command Make(Verbs verbs)
    {
        var tenant = Verbs.Word("tenant", "The tenant's id");
        var (limit, state) = (Verbs.Limit(), Verbs.Text("--state", "Only those in this state"));
        return Verbs.Group(
            "tenant",
            "Tenants: list, show, set up, series, billing, compliance, move between states",
            verbs.Make("list", "All tenants", [limit, state], (session, parsed, ct) => ListAsync(session, parsed.GetValue(limit), parsed.GetValue(state), ct)),
            verbs.Make("show", "One tenant with counters and rates", [tenant], (session, parsed, ct) =>
                session.GetAsync($"/v1/tenants/{Verbs.Part(parsed.GetValue(tenant)!)}", static (screen, answer) => screen.Card(answer), ct)),
            Put(verbs, tenant),
            DomainCommands.Series(verbs, "/v1/tenants/{tenant}/series"),
            Call(verbs, "billing", "What it used and costs, and how its contract ended", HttpMethod.Get, "/v1/tenants/{tenant}/billing", new CallField("format", "csv: the lines of cost alone", OneOf: ["json", "csv"])),
            Shown(verbs, "compliance", "What is checked for it", HttpMethod.Get, new CallPath("/v1/tenants/{tenant}/compliance"), AccountCommands.ShowCompliance),
            Standing.Make(verbs, tenant, "tenants"));
    }

    private static async Task<int> ListAsync(Session session, int limit, string? state, CancellationToken cancellationToken)
    {
        if (state is null)
        {
            return await session.ListAsync("/v1/tenants", "tenants", Columns, limit, cancellationToken);
        }

        var rows = new JsonArray();
        string? after = null;
        do
        {
            var answer = await session.Client.CallAsync(HttpMethod.Get, "/v1/tenants?limit=1000" + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)), cancellationToken: cancellationToken);
            if (!answer.IsSuccess)
            {
                session.Screen.Problem(answer);
                return ExitCode.Refused;
            }

            foreach (var row in answer.Json!["tenants"]!.AsArray().Where(row => row!["state"]!.GetValue<string>() == state).Take(limit - rows.Count))
            {
                rows.Add(row!.DeepClone());
            }

            after = answer.Json["next"]?.GetValue<string>();
        }
        while (after is not null && rows.Count < limit);

        session.Screen.Table(new JsonObject { ["tenants"] = rows.DeepClone() }, rows, Columns);
        return ExitCode.Done;
    }

    private static Command Put(Verbs verbs, Argument<string> tenant)
    {
        var file = Verbs.Text("--file", "All of it as JSON; - reads the input");
        var (name, policy, pool) = (Verbs.Text("--name", "Its name"), Verbs.Text("--policy", "Its policy"), Verbs.Text("--pool", "Its pool of sending IPs"));
        var domains = Verbs.Several("--domain", "A sending domain; may be repeated");
        var (company, postal, website) = (Verbs.Text("--company", "Company"), Verbs.Text("--postal-address", "Postal address"), Verbs.Text("--website", "Website"));
        var (email, country) = (Verbs.Text("--contact-email", "Contact"), Verbs.Text("--country", "Country, two letters"));
        var (rate, hour, day) = (Verbs.Text("--max-rate", "Such as 100/min"), Verbs.Count("--per-hour", "Messages an hour"), Verbs.Count("--per-day", "Messages a day"));
        var parent = Verbs.Text("--parent", "The tenant that it belongs to");
        var reason = Verbs.Reason();
        var sandbox = new Option<bool>("--sandbox") { Description = "Its mail is judged and taken, and never sent" };
        return verbs.Make(
            "put",
            "Set up or change a tenant",
            [tenant, file, name, policy, pool, domains, company, postal, website, email, country, rate, hour, day, parent, sandbox, reason],
            async (session, parsed, ct) =>
            {
                var body = parsed.GetValue(file) is { } from ? Body.Parse(await session.ReadAsync(from, ct)) : new JsonObject();
                Body.Set(body, "name", parsed.GetValue(name));
                Body.Set(body, "policy", parsed.GetValue(policy));
                Body.Set(body, "pool", parsed.GetValue(pool));
                Body.Set(body, "sendingDomains", parsed.GetValue(domains));
                Body.Set(body, "profile.company", parsed.GetValue(company));
                Body.Set(body, "profile.postalAddress", parsed.GetValue(postal));
                Body.Set(body, "profile.website", parsed.GetValue(website));
                Body.Set(body, "profile.contactEmail", parsed.GetValue(email));
                Body.Set(body, "profile.country", parsed.GetValue(country));
                Body.Set(body, "limits.maxRate", parsed.GetValue(rate));
                Body.Set(body, "limits.messagesPerHour", parsed.GetValue(hour));
                Body.Set(body, "limits.messagesPerDay", parsed.GetValue(day));
                Body.Set(body, "parent", parsed.GetValue(parent));
                if (parsed.GetValue(sandbox))
                {
                    body["sandbox"] = true;
                }

                return await session.AskAsync(HttpMethod.Put, $"/v1/tenants/{Verbs.Part(parsed.GetValue(tenant)!)}", body, static (screen, answer) => screen.Card(answer), ct, parsed.GetValue(reason));
            });
    }
}
