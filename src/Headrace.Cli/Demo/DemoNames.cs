namespace Headrace.Cli.Demo;

/// <summary>The lab's names, so that its commands work on what the demo leaves behind.</summary>
internal static class DemoNames
{
    public const string SourceStream = "de-c2w2lab1-kinesis-data-stream";
    public const string RoleName = "de-c2w2lab1-firehose-role";

    /// <summary>The two sides, USA first. Buckets carry the account's id, since bucket names are everybody's.</summary>
    public static IReadOnlyList<DemoSide> Sides(string account) =>
    [
        new(DemoSide.Usa, "de-c2w2lab1-usa-data-stream", "de-c2w2lab1-firehose-usa", $"de-c2w2lab1-{account}-usa"),
        new(DemoSide.International, "de-c2w2lab1-international-data-stream", "de-c2w2lab1-firehose-international", $"de-c2w2lab1-{account}-int"),
    ];

    /// <summary>Where a record of <paramref name="country"/> belongs.</summary>
    public static string SideOf(string? country) => country == DemoSide.Usa ? DemoSide.Usa : DemoSide.International;
}
