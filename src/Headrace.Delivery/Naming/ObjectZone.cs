namespace Headrace.Delivery.Naming;

/// <summary>The time zone in which a destination's objects are named. Immutable.</summary>
internal readonly record struct ObjectZone(string Id)
{
    private const string Utc = "UTC";

    public bool IsUtc => Id is Utc or "Etc/UTC";

    /// <exception cref="DeliveryException">InvalidArgument: there is no such zone.</exception>
    public static ObjectZone Of(string? customTimeZone)
    {
        if (string.IsNullOrEmpty(customTimeZone))
            return new ObjectZone(Utc);
        return TimeZoneInfo.TryFindSystemTimeZoneById(customTimeZone, out _)
            ? new ObjectZone(customTimeZone)
            : throw DeliveryException.InvalidArgument($"CustomTimeZone {customTimeZone} is not a known time zone.");
    }

    public DateTimeOffset Local(DateTimeOffset time) => IsUtc ? time.ToUniversalTime() : TimeZoneInfo.ConvertTime(time, TimeZoneInfo.FindSystemTimeZoneById(Id));
}
