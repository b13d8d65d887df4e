using Grid.Core.Enforcement;
using Grid.Host.Api;

namespace Grid.Host.Tests.Api;

public sealed class PolicyYamlTests
{
    [Fact]
    public void Write_the_default_policy_names_every_clause_with_its_threshold()
    {
        var yaml = PolicyYaml.Write(PolicyShelf.Show(EnforcementPolicy.Default));

        Assert.StartsWith("policy: \"default\"\nversion: 1\n", yaml, StringComparison.Ordinal);
        Assert.Contains("  - id: complaint-cutoff\n    subject: tenant\n    measure: complaintRate\n    window: 7d\n    threshold: 0.001\n    minDelivered: 1000\n    minEvents: 5\n    action: suspend\n", yaml, StringComparison.Ordinal);
        Assert.Equal(
            EnforcementPolicy.Default.Tenant.Count + EnforcementPolicy.Default.Ip.Count + EnforcementPolicy.Default.Domain.Count,
            yaml.Split("  - id: ").Length - 1);
    }

    [Theory]
    [InlineData(90 * 86_400, "90d")]
    [InlineData(48 * 3600, "2d")]
    [InlineData(4 * 3600, "4h")]
    [InlineData(20 * 60, "20min")]
    [InlineData(90, "90s")]
    public void Of_a_duration_has_the_largest_whole_unit(int seconds, string text) => Assert.Equal(text, DurationText.Of(TimeSpan.FromSeconds(seconds)));
}
