using System.Globalization;

namespace Headrace.Delivery.Compaction;

/// <summary>
/// How a delivery stream's small objects are merged into larger ones, as its tags say; there are no other places that unchanged clients could say
/// it in. Immutable.
/// </summary>
/// <param name="TargetBytes">How large a merged object becomes, about.</param>
/// <param name="After">How long an object waits at most for others to reach that size with.</param>
public sealed record CompactionSettings(long TargetBytes, TimeSpan After)
{
    /// <summary>The tag that switches compaction on; its value is the size, such as <c>128MB</c>.</summary>
    public const string SizeTag = "headrace:compaction";

    /// <summary>The tag that says how long objects wait, such as <c>15m</c>.</summary>
    public const string AfterTag = "headrace:compaction-after";

    /// <summary>How long they wait where no tag says it.</summary>
    public static readonly TimeSpan DefaultAfter = TimeSpan.FromMinutes(10);

    private const long MinBytes = 1024;
    private const long MaxBytes = 1024L * 1024 * 1024;

    private static readonly TimeSpan MinAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxAfter = TimeSpan.FromDays(1);

    /// <summary>An object of more bytes is large enough, and stays as it is.</summary>
    internal long SmallBytes => TargetBytes / 2;

    internal static bool IsTag(string key) => key is SizeTag or AfterTag;

    /// <summary>What tags say; null where they don't switch it on.</summary>
    /// <exception cref="DeliveryException">InvalidArgument: they say it wrongly.</exception>
    internal static CompactionSettings? Of(IEnumerable<KeyValuePair<string, string>> tags)
    {
        long? bytes = null;
        var after = DefaultAfter;
        foreach (var (key, value) in tags)
        {
            if (key == SizeTag)
                bytes = ReadBytes(value) ?? throw Broken(key, value, "a size from 1KB to 1GB, such as 128MB");
            else if (key == AfterTag)
                after = ReadTime(value) ?? throw Broken(key, value, "a time from 1s to 1d, such as 15m");
        }
        return bytes is { } target ? new CompactionSettings(target, after) : null;
    }

    private static long? ReadBytes(string text)
    {
        if (text.Length <= 2 || !int.TryParse(text.AsSpan(0, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        // As in BufferingHints, a megabyte is 2^20 bytes.
        var bytes = number * (text[^2..] switch { "KB" => 1024L, "MB" => 1024L * 1024, "GB" => 1024L * 1024 * 1024, _ => 0 });
        return bytes is >= MinBytes and <= MaxBytes ? bytes : null;
    }

    private static TimeSpan? ReadTime(string text)
    {
        if (text.Length <= 1 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        var time = TimeSpan.FromSeconds((double)number * (text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 }));
        return time >= MinAfter && time <= MaxAfter ? time : null;
    }

    private static DeliveryException Broken(string key, string value, string wanted) => DeliveryException.InvalidArgument($"The tag {key} must be {wanted}, not {(value.Length == 0 ? "empty" : value)}.");
}
