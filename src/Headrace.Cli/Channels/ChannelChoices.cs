using Headrace.Cli.CommandLine;

namespace Headrace.Cli.Channels;

/// <summary>What users write where the API has a word of its own.</summary>
internal static class ChannelChoices
{
    /// <exception cref="UsageException">It is none of them.</exception>
    public static string Compression(string text) => text.ToUpperInvariant() is "NONE" or "GZIP" or "ZSTD"
        ? text.ToUpperInvariant()
        : throw new UsageException($"--compression must be none, gzip or zstd, not '{text}'");

    /// <exception cref="UsageException">It is none of them.</exception>
    public static string Format(string text) => text.ToUpperInvariant() switch
    {
        "BYTES" or "BYTE_ARRAY" => "BYTE_ARRAY",
        "JSON" => "JSON",
        "STRING" => "STRING",
        _ => throw new UsageException($"--format must be bytes, json or string, not '{text}'"),
    };

    /// <exception cref="UsageException">It is neither.</exception>
    public static bool Logging(string text) => text switch
    {
        "on" => true,
        "off" => false,
        _ => throw new UsageException($"--logging must be on or off, not '{text}'"),
    };

    /// <summary>A bucket by its name, or by the ARN that also says in which store it is.</summary>
    public static string BucketArn(string bucket) => bucket.StartsWith("arn:", StringComparison.Ordinal) ? bucket : $"arn:aws:s3:::{bucket}";
}
