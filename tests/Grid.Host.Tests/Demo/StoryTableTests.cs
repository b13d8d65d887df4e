using Grid.Host.Demo.Policies;

namespace Grid.Host.Tests.Demo;

public sealed class StoryTableTests
{
    /// <summary>Row, then mailsequence, mailscale, mailup, emarsys, sendserver.</summary>
    public static TheoryData<int, string[]> Expected { get; } = new()
    {
        { 0, ["taken", "taken", "taken", "taken", "taken"] },
        { 1, ["taken", "taken", "refused MU-06", "refused EM-04", "refused SS-17 SS-18"] },
        { 2, ["refused MS-06", "taken", "refused MU-06", "refused EM-04", "refused SS-17 SS-18"] },
        { 3, ["refused MS-07 MS-13", "taken", "refused MU-32 MU-83", "refused EM-31", "refused SS-12"] },
        { 4, ["refused MS-35", "taken", "taken", "refused EM-34", "taken"] },
        { 5, ["warn MS-48-warning", "guide SC-18-guidance", "warn MU-64-warning", "-", "warn SS-complaints-warning"] },
        { 6, ["cure MS-48-warning", "-", "cure MU-64-warning", "-", "cure SS-complaints-warning"] },
        { 7, ["suspend MS-53", "cure SC-18-guidance", "warn MU-80-warning, cure MU-80-warning", "-", "-"] },
        { 8, ["-", "warn SC-18-guidance, suspend SC-18", "warn MU-64-warning, suspend MU-64", "suspend EM-03", "warn SS-complaints-warning, suspend SS-complaints"] },
        { 9, ["-", "-", "-", "-", "terminate SS-16"] },
        { 10, ["active", "active", "active", "active", "stays terminated"] },
        { 11, ["suspend MS-02", "-", "suspend MU-08", "suspend EM-05", "-"] },
        { 12, ["active", "-", "active", "active", "stays terminated"] },
        { 13, ["terminate MS-55", "suspend SC-08", "suspend MU-15", "-", "-"] },
        { 14, ["terminated", "suspended", "suspended", "active", "terminated"] },
    };

    [Theory]
    [MemberData(nameof(Expected))]
    public void Rows_say_what_each_policy_makes_of_the_same(int row, string[] cells) => Assert.Equal(cells, StoryTable.Rows()[row].Skip(1));

    [Fact]
    public void Rows_are_five_different_stories()
    {
        var rows = StoryTable.Rows();
        var stories = Enumerable.Range(1, 5).Select(i => string.Join('\n', rows.Select(row => row[i]))).ToList();
        Assert.Equal(Expected.Count, rows.Count);
        Assert.Equal(5, stories.Distinct().Count());
    }

    [Fact]
    public void Lines_are_one_table_of_equal_width() => Assert.Single(StoryTable.Lines().Select(line => line.Length).Distinct());
}
