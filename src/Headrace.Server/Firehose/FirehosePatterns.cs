using System.Text.RegularExpressions;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose;

/// <summary>The API's patterns, anchored as AWS applies them, and the members that every operation has. In Java digits, letters and spaces are ASCII's.</summary>
internal static partial class FirehosePatterns
{
    public const int MaxNameLength = 64;

    public static readonly Regex Name = NameExpression();
    public static readonly Regex RoleArn = RoleArnExpression();
    public static readonly Regex BucketArn = BucketArnExpression();
    public static readonly Regex StreamArn = StreamArnExpression();
    public static readonly Regex KeyArn = KeyArnExpression();
    public static readonly Regex SecretArn = SecretArnExpression();
    public static readonly Regex FileExtension = FileExtensionExpression();
    public static readonly Regex TimeZone = TimeZoneExpression();
    public static readonly Regex LogGroup = LogGroupExpression();
    public static readonly Regex LogStream = LogStreamExpression();
    public static readonly Regex AnyLine = AnyLineExpression();
    public static readonly Regex NoSpace = NoSpaceExpression();
    public static readonly Regex NotBlank = NotBlankExpression();
    public static readonly Regex Url = UrlExpression();
    public static readonly Regex VersionId = VersionIdExpression();
    public static readonly Regex DestinationId = DestinationIdExpression();
    public static readonly Regex TagText = TagTextExpression();
    public static readonly Regex TagKey = TagKeyExpression();

    // These and all other lists of values are in the order in which AWS lists them, which recordings show to be that of the values' hashes in
    // Java, by their last five bits, and where these are the same the model's order backwards.
    public static readonly IReadOnlyList<string> DeliveryStreamTypes = ["DirectPut", "DatabaseAsSource", "MSKAsSource", "KinesisStreamAsSource"];

    /// <summary>Reads the name of the delivery stream that an operation is about.</summary>
    public static string? ReadName(MemberReader members) =>
        members.String("DeliveryStreamName", required: true, min: 1, max: MaxNameLength, pattern: Name);

    [GeneratedRegex(@"\A(?:[a-zA-Z0-9_.-]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameExpression();

    [GeneratedRegex(@"\A(?:arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+)\z", RegexOptions.ECMAScript)]
    private static partial Regex RoleArnExpression();

    [GeneratedRegex(@"\A(?:arn:.*:s3:::[\w\.\-]{1,255})\z", RegexOptions.ECMAScript)]
    private static partial Regex BucketArnExpression();

    [GeneratedRegex(@"\A(?:arn:.*:kinesis:[a-zA-Z0-9\-]+:\d{12}:stream/[a-zA-Z0-9_.-]+)\z", RegexOptions.ECMAScript)]
    private static partial Regex StreamArnExpression();

    [GeneratedRegex(@"\A(?:arn:.*:kms:[a-zA-Z0-9\-]+:\d{12}:(key|alias)/[a-zA-Z_0-9+=,.@\-_/]+)\z", RegexOptions.ECMAScript)]
    private static partial Regex KeyArnExpression();

    [GeneratedRegex(@"\A(?:arn:.*:secretsmanager:[a-zA-Z0-9\-]+:\d{12}:secret:[a-zA-Z0-9\-/_+=.@!]+)\z", RegexOptions.ECMAScript)]
    private static partial Regex SecretArnExpression();

    [GeneratedRegex(@"\A(?:^(|\.[0-9a-z!\-_.*'()]+)$)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex FileExtensionExpression();

    [GeneratedRegex(@"\A(?:^$|[a-zA-Z/_]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex TimeZoneExpression();

    [GeneratedRegex(@"\A(?:[\.\-_/#A-Za-z0-9]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex LogGroupExpression();

    [GeneratedRegex(@"\A(?:[^:*]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex LogStreamExpression();

    [GeneratedRegex(@"\A(?:.*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex AnyLineExpression();

    [GeneratedRegex(@"\A(?:^\S+$)\z", RegexOptions.ECMAScript)]
    private static partial Regex NoSpaceExpression();

    [GeneratedRegex(@"\A(?:^(?!\s*$).+)\z", RegexOptions.ECMAScript)]
    private static partial Regex NotBlankExpression();

    [GeneratedRegex(@"\A(?:https://.*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex UrlExpression();

    [GeneratedRegex(@"\A(?:[0-9]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex VersionIdExpression();

    [GeneratedRegex(@"\A(?:[a-zA-Z0-9-]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex DestinationIdExpression();

    [GeneratedRegex(@"\A(?:^[\p{L}\p{Z}\p{N}_.:\/=+\-@%]*$)\z", RegexOptions.CultureInvariant)]
    private static partial Regex TagTextExpression();

    [GeneratedRegex(@"\A(?:^(?!aws:)[\p{L}\p{Z}\p{N}_.:\/=+\-@%]*$)\z", RegexOptions.CultureInvariant)]
    private static partial Regex TagKeyExpression();
}
