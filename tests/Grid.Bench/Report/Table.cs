namespace Grid.Bench.Report;

/// <summary>Aligned plain text: the first column to the left, the others to the right.</summary>
internal sealed class Table(params string[] head)
{
    private readonly List<string[]> rows = [head];

    public void Add(params string[] cells) => rows.Add(cells);

    public void Print(string title)
    {
        Console.WriteLine();
        Console.WriteLine(title);
        var widths = Enumerable.Range(0, head.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            Console.WriteLine("  " + string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
            if (ReferenceEquals(row, rows[0]))
            {
                Console.WriteLine("  " + string.Join("  ", widths.Select(width => new string('-', width))));
            }
        }
    }
}
