using System.Text;

namespace Headrace.Cli.Output;

/// <summary>A table of text, the first column left-aligned and the others, numbers as a rule, right-aligned.</summary>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> _rows = [headings];

    public void AddRow(params string[] cells)
    {
        if (cells.Length != headings.Length)
            throw new ArgumentException($"A row of this table has {headings.Length} cells, not {cells.Length}.", nameof(cells));
        _rows.Add(cells);
    }

    /// <summary>The table's lines: headings, a rule, rows.</summary>
    public IEnumerable<string> Lines()
    {
        var widths = Enumerable.Range(0, headings.Length).Select(column => _rows.Max(row => row[column].Length)).ToArray();
        for (var i = 0; i < _rows.Count; i++)
        {
            yield return Line(_rows[i], widths);
            if (i == 0)
                yield return string.Join("  ", widths.Select(static width => new string('─', width)));
        }
    }

    private static string Line(string[] cells, int[] widths)
    {
        var line = new StringBuilder();
        for (var column = 0; column < cells.Length; column++)
            line.Append(column == 0 ? "" : "  ").Append(column == 0 ? cells[column].PadRight(widths[column]) : cells[column].PadLeft(widths[column]));
        return line.ToString().TrimEnd();
    }
}
