using Grid.Host.Policies;

namespace Grid.Host.Tests.Policies;

public sealed class LanguageReferenceTests
{
    /// <summary>Set to write the made part instead of comparing it.</summary>
    private const string Write = "GRID_WRITE_COVERAGE";

    private static readonly string File = Path.Combine(Path.GetDirectoryName(CoverageTable.Path)!, "README.md");

    [Fact]
    public void Document_has_what_the_catalogues_make()
    {
        var written = System.IO.File.ReadAllText(File).ReplaceLineEndings("\n");
        var hand = written.Split(LanguageReference.Beginning)[0];
        var right = hand + LanguageReference.Markdown();
        if (Environment.GetEnvironmentVariable(Write) is not null)
        {
            System.IO.File.WriteAllText(File, right);
            written = right;
        }

        Assert.True(written == right, $"{File} is out of date; run this test with {Write}=1. It would be:{Environment.NewLine}{right}");
    }

    [Fact]
    public void Documents_example_is_a_policy()
    {
        var example = string.Join('\n', System.IO.File.ReadAllLines(File).Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line[4..]));

        var policy = Assert.IsType<PolicyReading.Done>(PolicyReader.Read(example, BuiltInPolicies.Document, 1)).Policy;

        Assert.DoesNotContain(policy.Tenant, c => c.Id == "MU-64-warning");
        Assert.Equal("0.08 %", policy.Tenant.Single(c => c.Id == "MU-64").Threshold.ToString());
        Assert.Equal(["double-opt-in"], policy.Consent.Bases);
    }
}
