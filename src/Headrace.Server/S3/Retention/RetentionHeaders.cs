using System.Globalization;
using Headrace.Buckets.Objects;
using Headrace.Buckets.Retention;

namespace Headrace.Server.S3.Retention;

/// <summary>How long a put's object is to be kept, and how an answer tells of it.</summary>
internal static class RetentionHeaders
{
    private const string ModeHeader = "x-amz-object-lock-mode";
    private const string UntilHeader = "x-amz-object-lock-retain-until-date";
    private const string HoldHeader = "x-amz-object-lock-legal-hold";

    public static bool BypassesGovernance(S3Request request) =>
        string.Equals(request.Header("x-amz-bypass-governance-retention"), "true", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="S3Exception">InvalidRequest or InvalidArgument.</exception>
    public static ObjectControls Of(S3Request request)
    {
        var (mode, until, hold) = (request.Header(ModeHeader), request.Header(UntilHeader), request.Header(HoldHeader));
        if (mode is null && until is null && hold is null)
            return ObjectControls.None;
        if (!request.Target.LocksObjects)
            throw S3Exception.InvalidRequest("Bucket is missing Object Lock Configuration");
        if (mode is null != until is null)
            throw S3Exception.InvalidArgument(mode is null ? ModeHeader : UntilHeader, "", "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied");
        return new ObjectControls
        {
            Retention = mode is null ? null : RetentionOf(mode, until!, DateTimeOffset.UtcNow),
            LegalHold = hold switch
            {
                null => null,
                "ON" => true,
                "OFF" => false,
                _ => throw S3Exception.InvalidArgument(HoldHeader, hold, "Legal Hold must be either of 'ON' or 'OFF'"),
            },
        };
    }

    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static ObjectRetention RetentionOf(string mode, string until, DateTimeOffset now)
    {
        if (ModeOf(mode) is not { } known)
            throw S3Exception.InvalidArgument(ModeHeader, mode, "Unknown wormMode directive.");
        if (!DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date))
            throw S3Exception.InvalidArgument(UntilHeader, until, "The retain until date must be provided in ISO 8601 format");
        return date > now ? new ObjectRetention(known, date) : throw S3Exception.InvalidArgument(UntilHeader, until, "The retain until date must be in the future!");
    }

    public static RetentionMode? ModeOf(string? name) => name switch
    {
        "GOVERNANCE" => RetentionMode.Governance,
        "COMPLIANCE" => RetentionMode.Compliance,
        _ => null,
    };

    public static string NameOf(RetentionMode mode) => mode.ToString().ToUpperInvariant();

    public static string Format(DateTimeOffset until) => until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    public static void Write(S3Request request, StoredObject found)
    {
        if (found.Controls.Retention is { } retention)
        {
            request.ResponseHeaders[ModeHeader] = NameOf(retention.Mode);
            request.ResponseHeaders[UntilHeader] = Format(retention.Until);
        }
        if (found.Controls.LegalHold is { } hold)
            request.ResponseHeaders[HoldHeader] = hold ? "ON" : "OFF";
    }
}
