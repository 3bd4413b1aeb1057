using System.Text.Json.Serialization;

namespace Headrace.Client.Kinesis;

/// <summary>What <c>DescribeChannel</c> is asked.</summary>
public sealed record DescribeChannelRequest
{
    /// <summary>The channel, by its ARN.</summary>
    [JsonPropertyName("ChannelARN")]
    public required string ChannelArn { get; init; }
}
