using System.Text.Json;
using Headrace.Delivery;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Endpoints;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Firehose.Destinations;

/// <summary>Reads and writes the destination that is a web service.</summary>
internal static class HttpEndpointMembers
{
    private const int MaxText = 1024;

    /// <summary>Reads the members, collecting faults.</summary>
    /// <param name="given">The structure; null when absent.</param>
    /// <param name="isUpdate">True where nothing is required.</param>
    public static S3DestinationSettings? Read(MemberReader? given, bool isUpdate)
    {
        if (given is null)
            return null;
        var address = given.Structure("EndpointConfiguration", required: !isUpdate);
        var url = address?.String("Url", required: true, min: 1, max: 1000, pattern: IsCleartext(address.String("Url")) ? null : FirehosePatterns.Url);
        var name = address?.String("Name", min: 1, max: 256, pattern: FirehosePatterns.NotBlank);
        var key = address?.String("AccessKey", max: 4096, pattern: FirehosePatterns.AnyLine);
        var hints = given.Structure("BufferingHints");
        var request = given.Structure("RequestConfiguration");
        var settings = new S3DestinationSettings
        {
            BufferMegabytes = (int?)hints?.Integer("SizeInMBs", min: 1, max: 64),
            BufferSeconds = (int?)hints?.Integer("IntervalInSeconds", min: 0, max: 900),
            CloudWatchLogging = LoggingMembers.Read(given),
            Processing = ProcessingMembers.Read(given.Structure("ProcessingConfiguration")),
            BacksUp = given.String("S3BackupMode", oneOf: ["AllData", "FailedDataOnly"]) is { } mode ? mode == "AllData" : null,
            Endpoint = new HttpEndpointSettings
            {
                Url = url,
                Name = name,
                AccessKey = key,
                ContentEncoding = request?.String("ContentEncoding", oneOf: ["NONE", "GZIP"]),
                Attributes = request?.Structures("CommonAttributes", max: 50)?.Select(ReadAttribute).ToList(),
                RetrySeconds = (int?)given.Structure("RetryOptions")?.Integer("DurationInSeconds", min: 0, max: 7200),
            },
        };
        var role = given.String("RoleARN", min: 1, max: 512, pattern: FirehosePatterns.RoleArn);
        var backup = S3DestinationMembers.Read(given.Structure(isUpdate ? "S3Update" : "S3Configuration", required: !isUpdate), isUpdate, isExtended: false);
        if (SecretMembers.Read(given))
            given.Refuse(S3DestinationMembers.NotSupported("SecretsManagerConfiguration"));
        return settings with { RoleArn = role ?? (isUpdate ? null : backup?.RoleArn), BucketArn = backup?.BucketArn, Backup = backup };
    }

    public static void Write(Utf8JsonWriter writer, DeliveryStream stream, HttpEndpoint endpoint)
    {
        var destination = stream.Destination;
        writer.WriteStartObject();
        writer.WriteString("DestinationId", stream.DestinationId);
        writer.WriteStartObject("HttpEndpointDestinationDescription");
        writer.WriteStartObject("EndpointConfiguration");
        writer.WriteString("Url", endpoint.Url);
        if (endpoint.Name is not null)
            writer.WriteString("Name", endpoint.Name);
        writer.WriteEndObject();
        writer.WriteStartObject("BufferingHints");
        writer.WriteNumber("SizeInMBs", destination.BufferMegabytes);
        writer.WriteNumber("IntervalInSeconds", destination.BufferSeconds);
        writer.WriteEndObject();
        LoggingMembers.Write(writer, destination.CloudWatchLogging);
        WriteRequest(writer, endpoint);
        ProcessingMembers.Write(writer, destination.Processing);
        writer.WriteString("RoleARN", destination.RoleArn);
        writer.WriteStartObject("RetryOptions");
        writer.WriteNumber("DurationInSeconds", endpoint.RetrySeconds);
        writer.WriteEndObject();
        writer.WriteString("S3BackupMode", destination.BacksUp ? "AllData" : "FailedDataOnly");
        S3DestinationWriting.WritePlain(writer, "S3DestinationDescription", destination.Backup!);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter writer, HttpEndpoint endpoint)
    {
        writer.WriteStartObject("RequestConfiguration");
        writer.WriteString("ContentEncoding", endpoint.ContentEncoding ?? "NONE");
        writer.WriteStartArray("CommonAttributes");
        foreach (var (name, value) in endpoint.Attributes)
        {
            writer.WriteStartObject();
            writer.WriteString("AttributeName", name);
            writer.WriteString("AttributeValue", value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static KeyValuePair<string, string> ReadAttribute(MemberReader attribute) => new(
        attribute.String("AttributeName", required: true, min: 1, max: 256, pattern: FirehosePatterns.NotBlank) ?? "",
        attribute.String("AttributeValue", required: true, max: MaxText, pattern: FirehosePatterns.AnyLine) ?? "");

    /// <summary>AWS takes https alone; a service beside this server is often reached without.</summary>
    private static bool IsCleartext(string? url) => url?.StartsWith("http://", StringComparison.Ordinal) == true;
}
