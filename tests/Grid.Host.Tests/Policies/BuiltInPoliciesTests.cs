using System.Text.Json;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;
using Grid.Host.Policies;

namespace Grid.Host.Tests.Policies;

public sealed class BuiltInPoliciesTests
{
    [Fact]
    public void Default_compiles_to_what_runs_without_any_file()
    {
        var (read, own) = (BuiltInPolicies.Policy("default")!, EnforcementPolicy.Default);

        foreach (var kind in Enum.GetValues<SubjectKind>())
        {
            Assert.Equal(JsonSerializer.Serialize(own.Clauses(kind)), JsonSerializer.Serialize(read.Clauses(kind)));
        }

        Assert.Equal((own.Name, own.Version, own.RepeatWindow, own.SuspensionsToTerminate, own.VettingRequired), (read.Name, read.Version, read.RepeatWindow, read.SuspensionsToTerminate, read.VettingRequired));
        Assert.Equal(own.Retry, read.Retry);
        Assert.Equal(own.Windows, read.Windows);
        Assert.Equal(own.Ladder, read.Ladder with { Probation = own.Ladder.Probation });
        Assert.Empty(read.Message);
    }

    [Fact]
    public void Names_are_grids_own_and_the_five_providers() =>
        Assert.Equal(["default", "emarsys", "mailscale", "mailsequence", "mailup", "platform", "sendserver"], BuiltInPolicies.Names);

    [Fact]
    public void All_compile_and_differ()
    {
        Assert.All(BuiltInPolicies.All, policy => Assert.NotEmpty(policy.Tenant));
        Assert.Equal([false, false, false, true, true, false, true], BuiltInPolicies.All.Select(policy => policy.VettingRequired));
    }
}
