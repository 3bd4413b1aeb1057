namespace Headrace.Buckets.Retention;

/// <summary>What a bucket's new objects are retained by when they come with nothing of their own: days or years.</summary>
public sealed record DefaultRetention(RetentionMode Mode, int? Days, int? Years)
{
    public ObjectRetention From(DateTimeOffset now) => new(Mode, Years is { } years ? now.AddYears(years) : now.AddDays(Days ?? 0));
}
