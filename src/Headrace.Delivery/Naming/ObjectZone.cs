namespace Headrace.Delivery.Naming;

/// <summary>The time zone in which a destination's objects are named. Immutable.</summary>
internal readonly record struct ObjectZone(string Id)
{
    private const string Utc = "UTC";

    /// <summary>Of names such as EST, which mean more than one zone.</summary>
    private const int ShortLength = 3;

    public bool IsUtc => Id is Utc or "Etc/UTC";

    /// <exception cref="DeliveryException">InvalidArgument: there is no such zone.</exception>
    public static ObjectZone Of(string? customTimeZone)
    {
        if (string.IsNullOrEmpty(customTimeZone))
            return new ObjectZone(Utc);
        var isKnown = customTimeZone == Utc || (customTimeZone.Length != ShortLength && TimeZoneInfo.TryFindSystemTimeZoneById(customTimeZone, out _));
        return isKnown
            ? new ObjectZone(customTimeZone)
            : throw DeliveryException.InvalidArgument("Provided custom time zone is not supported. Custom time zones are limited to UTC and non-3-letter IANA time zones.");
    }

    public DateTimeOffset Local(DateTimeOffset time) => IsUtc ? time.ToUniversalTime() : TimeZoneInfo.ConvertTime(time, TimeZoneInfo.FindSystemTimeZoneById(Id));
}
