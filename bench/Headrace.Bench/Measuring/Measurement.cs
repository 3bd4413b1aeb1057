using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Headrace.Bench.Measuring;

/// <summary>What a benchmark found, shown to a person or to a program.</summary>
/// <param name="Benchmark">The subcommand.</param>
/// <param name="Rounds">How many rounds the medians are over.</param>
/// <param name="Figures">The figures in the order in which they are shown.</param>
/// <param name="Explanation">One line that says what was done.</param>
internal sealed record Measurement(string Benchmark, int Rounds, IReadOnlyList<Figure> Figures, string Explanation)
{
    public void WriteTable()
    {
        var table = new Table().AddColumn(Benchmark).AddColumn(new TableColumn("").RightAligned()).AddColumn("");
        foreach (var figure in Figures)
            table.AddRow(figure.Text, figure.Value.ToString("N" + figure.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), figure.Unit);
        // Redirected, there is no width to fit into.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 120);
        AnsiConsole.Write(table);
        Console.WriteLine(Explanation);
    }

    public void WriteJson(Stream output)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("benchmark", Benchmark);
            json.WriteNumber("rounds", Rounds);
            json.WriteNumber("cores", Environment.ProcessorCount);
            foreach (var figure in Figures)
                json.WriteNumber(figure.Name, Math.Round(figure.Value, figure.Decimals));
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }
}
