namespace Headrace.Bench.Ingest;

/// <summary>What an ingest run measures. Immutable.</summary>
internal sealed record IngestSettings
{
    public const int RecordsPerRequest = 500;
    public const int DataBytes = 1024;
    public const int Shards = 4;
    public const int Bodies = 16;
    public const int WrkThreads = 2;
    public const int Connections = 8;
    public const string StreamName = "ingest";

    /// <summary>The repository's root.</summary>
    public required string Root { get; init; }

    public required int Rounds { get; init; }

    public required int Seconds { get; init; }

    /// <summary>Seconds of unmeasured load per server first, in which the runtime compiles what is hot.</summary>
    public required int WarmUpSeconds { get; init; }

    /// <summary>Where the data folders are made.</summary>
    public required string DataParent { get; init; }

    /// <summary>Another build of the server (its headrace.dll) to measure in the same rounds.</summary>
    public string? Baseline { get; init; }

    /// <summary>Whether kinesalite, and moto_server where it is installed, are measured in the same rounds.</summary>
    public bool Peers { get; init; }

    /// <summary>Whether the server is also measured with the console open.</summary>
    public bool Console { get; init; }

    /// <summary>Whether the server is also measured with its metrics scraped, and with its metrics sent.</summary>
    public bool Metrics { get; init; }

    /// <summary>The server's <c>--durability</c>.</summary>
    public required string Durability { get; init; }

    public string KinesaliteScript => Path.Combine(Root, "bench/peers/kinesalite.js");

    /// <summary>The moto_server on the PATH; null when there is none.</summary>
    public static string? MotoServer =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "moto_server")).FirstOrDefault(File.Exists);

    public string ServerDll => Path.Combine(Root, "src/Headrace.Cli/bin/Release/net10.0/headrace.dll");

    public string SinkDll => Path.Combine(Root, "bench/Headrace.Bench.Sink/bin/Release/net10.0/Headrace.Bench.Sink.dll");

    public string Script => Path.Combine(Root, "bench/ingest.lua");
}
