namespace Grid.Host.Tests.Policies;

public sealed class CoverageTests
{
    /// <summary>Set to write the table instead of comparing it.</summary>
    private const string Write = "GRID_WRITE_COVERAGE";

    [Fact]
    public void Table_names_every_clause_of_the_texts()
    {
        Assert.Equal(294, CoverageTable.Rows.Count);
        Assert.Equal(CoverageTable.Ids.Select(i => i.Id), CoverageTable.Rows.Select(row => row.Id));
    }

    [Fact]
    public void Table_names_a_test_that_is_there_for_every_clause_that_works()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(CoverageTable.Path)!, "..", "..", "..", "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.Ordinal);

        Assert.All(
            CoverageTable.Rows.Where(row => row.State is CoverageTable.State.Works or CoverageTable.State.OnReport),
            row => Assert.All(row.Test.Split(", "), test => Assert.True(tests.Contains(test), $"{row.Id} has no test \"{test}\"")));
        Assert.True(CoverageTable.Rows.Count(row => row.State == CoverageTable.State.Works) >= 203);
    }

    [Fact]
    public void Table_in_the_documents_is_the_one_that_policies_and_tests_make()
    {
        var right = CoverageTable.Markdown();
        if (Environment.GetEnvironmentVariable(Write) is not null)
        {
            File.WriteAllText(CoverageTable.Path, right);
        }

        var written = File.Exists(CoverageTable.Path) ? File.ReadAllText(CoverageTable.Path).ReplaceLineEndings("\n") : "";
        Assert.True(written == right, $"{CoverageTable.Path} is out of date; run this test with {Write}=1. It would be:{Environment.NewLine}{right}");
    }
}
