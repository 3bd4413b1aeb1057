using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Headrace.Bench.Ingest;

/// <summary>Shows a result to a person or to a program.</summary>
internal static class IngestReport
{
    public static void WriteTable(IngestResult result)
    {
        var table = new Table().AddColumn("");
        foreach (var heading in new[] { "records/s", "MB/s", "p50 ms", "p99 ms", "user µs/record", "kernel µs/record", "errors", "ratio to sink" })
            table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (var figures in result.All)
        {
            table.AddRow(
                figures.Name,
                Text(figures.RecordsPerSecond, "N0"),
                Text(figures.MegabytesPerSecond, "N1"),
                Text(figures.P50Milliseconds, "N1"),
                Text(figures.P99Milliseconds, "N1"),
                Text(figures.UserMicrosecondsPerRecord, "N2"),
                Text(figures.KernelMicrosecondsPerRecord, "N2"),
                Text(figures.Errors, "N0"),
                Text(result.RatioOf(figures), "N3"));
        }
        // Redirected, there is no width to fit into.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 120);
        AnsiConsole.Write(table);
        var settings = result.Settings;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"PutRecords of {IngestSettings.RecordsPerRequest} records of {IngestSettings.DataBytes} bytes over {IngestSettings.Connections} connections, {IngestSettings.Shards} shards, {settings.Durability}; medians of {settings.Rounds} rounds of {settings.Seconds} s on {Environment.ProcessorCount} cores."));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The disk ({result.FileSystem}) without a server: {result.Disk.BytesPerSecond / 1e6:N0} MB/s in flushed blocks of 1 MiB, {result.Disk.FlushMicroseconds / 1e3:N2} ms each."));
        foreach (var watched in result.Watched)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watched.Name}: {watched.CostOfOnlooker:P1} fewer records than without, the median of the rounds."));
        if (result.TimesKinesalite is { } times)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Headrace took {times:N1} times the records of kinesalite, which keeps them in memory."));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Read back and counted: {result.RecordsCounted:N0} records, none missing."));
    }

    public static void WriteJson(IngestResult result, Stream output)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteNumber("recordsPerRequest", IngestSettings.RecordsPerRequest);
            json.WriteNumber("dataBytes", IngestSettings.DataBytes);
            json.WriteNumber("connections", IngestSettings.Connections);
            json.WriteString("durability", result.Settings.Durability);
            json.WriteNumber("shards", IngestSettings.Shards);
            json.WriteNumber("rounds", result.Settings.Rounds);
            json.WriteNumber("seconds", result.Settings.Seconds);
            json.WriteNumber("cores", Environment.ProcessorCount);
            json.WriteStartObject("disk");
            json.WriteString("fileSystem", result.FileSystem);
            json.WriteNumber("flushedMegabytesPerSecond", Math.Round(result.Disk.BytesPerSecond / 1e6, 1));
            json.WriteNumber("flushMilliseconds", Math.Round(result.Disk.FlushMicroseconds / 1e3, 3));
            json.WriteEndObject();
            foreach (var figures in result.All)
                Write(json, figures, result.RatioOf(figures));
            json.WriteNumber("ratio", Math.Round(result.RatioOf(result.Headrace), 4));
            if (result.TimesKinesalite is { } times)
                json.WriteNumber("timesKinesalite", Math.Round(times, 2));
            json.WriteNumber("recordsCounted", result.RecordsCounted);
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, IngestFigures figures, double ratio)
    {
        json.WriteStartObject(figures.Name);
        json.WriteNumber("recordsPerSecond", Math.Round(figures.RecordsPerSecond));
        json.WriteNumber("megabytesPerSecond", Math.Round(figures.MegabytesPerSecond, 1));
        json.WriteNumber("p50Milliseconds", Math.Round(figures.P50Milliseconds, 3));
        json.WriteNumber("p99Milliseconds", Math.Round(figures.P99Milliseconds, 3));
        json.WriteNumber("userMicrosecondsPerRecord", Math.Round(figures.UserMicrosecondsPerRecord, 3));
        json.WriteNumber("kernelMicrosecondsPerRecord", Math.Round(figures.KernelMicrosecondsPerRecord, 3));
        json.WriteNumber("errors", figures.Errors);
        json.WriteNumber("ratioToSink", Math.Round(ratio, 4));
        if (figures.CostOfOnlooker is { } cost)
            json.WriteNumber("cost", Math.Round(cost, 4));
        json.WriteEndObject();
    }

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
