using Grid.Core.Vocabulary;
using Grid.Storage.Enforcement;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Enforcement;

public abstract class LedgerChainTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    private const int Entries = 9;

    [Fact]
    public async Task VerifyAsync_an_empty_and_an_untouched_ledger_have_no_fault()
    {
        var store = await OpenAsync();
        var empty = await store.Ledger.VerifyAsync();
        Assert.Equal((0, new string('0', 64)), (empty.Entries, empty.Head));
        Assert.Empty(empty.Faults);

        await FillAsync(store);
        var full = await (await ReopenAsync(store)).Ledger.VerifyAsync();
        Assert.Equal(Entries, full.Entries);
        Assert.Empty(full.Faults);
        Assert.NotEqual(empty.Head, full.Head);
    }

    [Fact]
    public async Task VerifyAsync_a_known_id_appended_again_leaves_the_chain_whole()
    {
        var store = await OpenAsync();
        await FillAsync(store);
        await FillAsync(store);
        var found = await store.Ledger.VerifyAsync();
        Assert.Equal(Entries, found.Entries);
        Assert.Empty(found.Faults);
    }

    [Theory]
    [InlineData("UPDATE decision SET json = replace(json, '0.0011', '0.0009') WHERE id = 'd4'")]
    [InlineData("UPDATE decision SET key = 'other' WHERE id = 'd4'")]
    [InlineData("UPDATE decision SET at = at + 1 WHERE id = 'd4'")]
    [InlineData("UPDATE decision SET hash = previous WHERE id = 'd4'")]
    public async Task VerifyAsync_names_an_altered_entry(string sql)
    {
        var fault = Assert.Single(await TamperAsync(sql));
        Assert.Equal((LedgerFaultKind.Altered, 5, "d4"), (fault.Kind, fault.Link, fault.Id));
    }

    [Theory]
    [InlineData("DELETE FROM decision WHERE id = 'd4'", 5, 5)]
    [InlineData("DELETE FROM decision WHERE id IN ('d0', 'd1')", 1, 2)]
    [InlineData("DELETE FROM decision WHERE id = 'd8'", 9, 9)]
    [InlineData("DELETE FROM decision", 1, 9)]
    public async Task VerifyAsync_names_what_was_removed(string sql, int first, int last)
    {
        var fault = Assert.Single(await TamperAsync(sql));
        Assert.Equal((LedgerFaultKind.Removed, first), (fault.Kind, (int)fault.Link));
        Assert.Contains(first == last ? $"number {first} is missing" : $"numbers {first} to {last} are missing", fault.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyAsync_names_entries_whose_numbers_were_swapped() => Swapped(await TamperAsync(
        "UPDATE decision SET link = CASE id WHEN 'd3' THEN -1 ELSE -2 END WHERE id IN ('d3', 'd6')",
        "UPDATE decision SET link = CASE id WHEN 'd3' THEN 7 ELSE 4 END WHERE id IN ('d3', 'd6')"));

    [Fact]
    public async Task VerifyAsync_names_entries_whose_contents_were_swapped()
    {
        var store = await OpenAsync();
        await FillAsync(store);
        var rows = await store.Reads.ListAsync($"SELECT {LedgerRow.Columns} FROM decision WHERE id IN ('d3', 'd6') ORDER BY link", [], LedgerRow.Read, default);
        await store.Writer.Add(session => session.Execute("UPDATE decision SET id = 'x' || id WHERE id IN ('d3', 'd6')"), default);
        foreach (var (content, link) in (IEnumerable<(LedgerContent, long)>)[(rows[0].Content, rows[1].Link), (rows[1].Content, rows[0].Link)])
        {
            await store.Writer.Add(
                session => session.Execute("UPDATE decision SET id = $1, key = $2, at = $3, json = $4 WHERE link = $5", content.Id, content.Key, content.At, content.Json, link), default);
        }

        Swapped((await store.Ledger.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task VerifyAsync_names_an_entry_put_in_beside_the_chain()
    {
        var fault = Assert.Single(await TamperAsync("INSERT INTO decision (id, kind, key, at, json) SELECT 'forged', kind, key, at, json FROM decision WHERE id = 'd1'"));
        Assert.Equal((LedgerFaultKind.Inserted, "forged"), (fault.Kind, fault.Id));
    }

    [Fact]
    public async Task VerifyAsync_names_an_entry_that_was_hashed_anew()
    {
        var store = await OpenAsync();
        await FillAsync(store);
        var row = (await store.Reads.FirstAsync($"SELECT {LedgerRow.Columns} FROM decision WHERE id = 'd4'", [], LedgerRow.Read, default))!;
        var forged = row.Content with { Json = row.Content.Json.Replace("0.0011", "0.0009", StringComparison.Ordinal) };
        var hash = LedgerChain.HashOf(row.Previous, row.Link, forged);
        await store.Writer.Add(session => session.Execute("UPDATE decision SET json = $1, hash = $2 WHERE id = 'd4'", forged.Json, hash), default);

        var fault = Assert.Single((await store.Ledger.VerifyAsync()).Faults);
        Assert.Equal((LedgerFaultKind.Altered, 5, "d4"), (fault.Kind, fault.Link, fault.Id));
    }

    [Fact]
    public async Task OpenAsync_chains_what_an_earlier_version_wrote()
    {
        var store = await OpenAsync();
        await FillAsync(store);
        foreach (var sql in (string[])
        [
            "DROP INDEX decision_link", "ALTER TABLE decision DROP COLUMN link", "ALTER TABLE decision DROP COLUMN previous", "ALTER TABLE decision DROP COLUMN hash",
            "ALTER TABLE outcome_day DROP COLUMN hard", "ALTER TABLE outcome_day DROP COLUMN blocks", "ALTER TABLE outcome_day DROP COLUMN reporting",
            "DELETE FROM meta WHERE name = 'ledger'", "DELETE FROM schema_version WHERE version = 10",
        ])
        {
            await store.Writer.Add(session => session.Execute(sql), default);
        }

        store = await ReopenAsync(store);
        var found = await store.Ledger.VerifyAsync();
        Assert.Equal(Entries, found.Entries);
        Assert.Empty(found.Faults);
        Assert.Equal(Enumerable.Range(0, Entries).Select(n => $"d{n}"), (await store.Ledger.ReadForwardAsync(0, 100)).Select(entry => entry.Decision.Id));
        await store.Ledger.AppendAsync(LedgerTests<TBed>.Decide("later", Subject.Tenant("t"), Standing.Active, Standing.Warned));
        Assert.Equal(Entries + 1, (await store.Ledger.FindAsync("later"))!.Link);
    }

    private async Task<IReadOnlyList<LedgerFault>> TamperAsync(params string[] statements)
    {
        var store = await OpenAsync();
        await FillAsync(store);
        foreach (var sql in statements)
        {
            Assert.True(await store.Writer.Add(session => session.Execute(sql), default) > 0);
        }

        return (await store.Ledger.VerifyAsync()).Faults;
    }

    private static void Swapped(IReadOnlyList<LedgerFault> faults)
    {
        Assert.Equal([(LedgerFaultKind.Swapped, 4L, "d6"), (LedgerFaultKind.Swapped, 7L, "d3")], faults.Select(fault => (fault.Kind, fault.Link, fault.Id!)));
        Assert.Contains("stands where entry d3 belongs", faults[0].Words, StringComparison.Ordinal);
    }

    private static async Task FillAsync(GridStore store)
    {
        for (var n = 0; n < Entries; n++)
        {
            await store.Ledger.AppendAsync(LedgerTests<TBed>.Decide($"d{n}", Subject.Tenant($"t{n}"), Standing.Active, Standing.Warned, minutes: n));
        }
    }
}
