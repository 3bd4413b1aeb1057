using System.Net;
using System.Text.Json;

namespace Headrace.Server.Tests.Firehose;

/// <summary>What tests ask a server of Firehose.</summary>
internal static class ServerFixtureFirehose
{
    private const string Prefix = "Firehose_20150804";

    /// <summary>A CreateDeliveryStream into the bucket <c>lake</c>; further members of the destination are given as JSON.</summary>
    public static string CreateRequest(string name, string members = "") => $$$"""
        {"DeliveryStreamName":"{{{name}}}","ExtendedS3DestinationConfiguration":{
            "RoleARN":"arn:aws:iam::000000000000:role/delivery",
            "BucketARN":"arn:aws:s3:::lake"{{{(members.Length == 0 ? "" : "," + members)}}}}}
        """;

    public static async Task<JsonElement> FirehoseAsync(this ServerFixture server, string operation, string json)
    {
        var (status, body) = await server.SendAsync($"{Prefix}.{operation}", json);
        status.ShouldBe(HttpStatusCode.OK, body.ValueKind == JsonValueKind.Undefined ? operation : body.ToString());
        return body;
    }

    /// <summary>Sends a request that must fail; gives the error's type and message.</summary>
    public static async Task<(string Type, string Message)> FirehoseErrorAsync(this ServerFixture server, string operation, string json)
    {
        var (status, body) = await server.SendAsync($"{Prefix}.{operation}", json);
        ((int)status).ShouldBe(400, body.ToString());
        return (body.GetProperty("__type").GetString()!, body.TryGetProperty("message", out var message) ? message.GetString()! : "");
    }

    /// <summary>Creates a DirectPut delivery stream and waits until it is ACTIVE.</summary>
    public static async Task CreateDeliveryStreamAsync(this ServerFixture server, string name, string members = "")
    {
        await server.FirehoseAsync("CreateDeliveryStream", CreateRequest(name, members));
        await server.WaitForDeliveryStatusAsync(name, "ACTIVE");
    }

    public static async Task<JsonElement> DescribeDeliveryStreamAsync(this ServerFixture server, string name) =>
        (await server.FirehoseAsync("DescribeDeliveryStream", $$"""{"DeliveryStreamName":"{{name}}"}""")).GetProperty("DeliveryStreamDescription");

    public static Task WaitForDeliveryStatusAsync(this ServerFixture server, string name, string status) => Poll.UntilAsync(async () =>
        (await server.DescribeDeliveryStreamAsync(name)).GetProperty("DeliveryStreamStatus").GetString() == status);
}
