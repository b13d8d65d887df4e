using System.Globalization;
using System.Text;
using System.Text.Json;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>A policy as YAML (YAML 1.2, block style; every text in double quotes as JSON has them, which YAML reads alike).</summary>
internal static class PolicyYaml
{
    public const string MediaType = "application/yaml";

    public static string Write(PolicyBody policy)
    {
        var yaml = new StringBuilder();
        Line(yaml, "policy", Quote(policy.Policy));
        Line(yaml, "version", Number(policy.Version));
        Line(yaml, "vettingRequired", policy.VettingRequired ? "true" : "false");
        Line(yaml, "repeatWindow", policy.RepeatWindow);
        Line(yaml, "suspensionsToTerminate", Number(policy.SuspensionsToTerminate));
        yaml.Append("retry:\n");
        Line(yaml, "  first", policy.Retry.First);
        Line(yaml, "  factor", Number(policy.Retry.Factor));
        Line(yaml, "  cap", policy.Retry.Cap);
        Line(yaml, "  jitter", Number(policy.Retry.Jitter));
        Line(yaml, "  maxAge", policy.Retry.MaxAge);
        yaml.Append("clauses:\n");
        foreach (var clause in policy.Clauses)
        {
            Line(yaml, "  - id", clause.Id);
            Line(yaml, "    subject", clause.Subject);
            Line(yaml, "    measure", clause.Measure);
            Line(yaml, "    window", clause.Window);
            Line(yaml, "    threshold", Number(clause.Threshold));
            Line(yaml, "    minDelivered", Number(clause.MinDelivered));
            Line(yaml, "    minEvents", Number(clause.MinEvents));
            Line(yaml, "    action", clause.Action);
            if (clause.Cure is { } cure)
            {
                Line(yaml, "    cure", cure);
            }

            Line(yaml, "    words", Quote(clause.Words));
            Line(yaml, "    remedy", Quote(clause.Remedy));
        }

        return yaml.ToString();
    }

    private static void Line(StringBuilder yaml, string name, string value) => yaml.Append(name).Append(": ").Append(value).Append('\n');

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
