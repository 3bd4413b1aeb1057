using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Restarts;

/// <summary>An SDK that got no answer puts the same records again, and says so in its headers: they are stored once.</summary>
public sealed class RepeatedPutTests
{
    private const string Stream = "orders";

    [Theory]
    [InlineData("PutRecords")]
    [InlineData("PutRecord")]
    public async Task A_later_attempt_is_answered_as_the_first_was_also_after_a_kill(string operation)
    {
        var call = $"{Guid.NewGuid()}";
        await using var server = await ServerProcess.StartAsync();
        string first;
        using (var kinesis = new KinesisHttp(server.Endpoint))
        {
            await kinesis.CreateStreamAsync(Stream, shards: 4);
            first = await PutAsync(kinesis, operation, call, "attempt=1; max=5");
            (await PutAsync(kinesis, operation, call, "ttl=20261123T000000Z; attempt=2; max=5")).ShouldBe(first);
        }
        await server.KillAsync();
        await server.RestartAsync();
        using var again = new KinesisHttp(server.Endpoint);
        (await PutAsync(again, operation, call, "attempt=3; max=5")).ShouldBe(first);
        var stored = operation == "PutRecord" ? 1 : 8;
        (await again.ReadAllAsync(Stream)).Count.ShouldBe(stored);

        (await PutAsync(again, operation, $"{Guid.NewGuid()}", "attempt=1; max=5")).ShouldNotBe(first);
        (await PutAsync(again, operation, call: null, attempt: null)).ShouldNotBe(first);
        (await again.ReadAllAsync(Stream)).Count.ShouldBe(3 * stored);
    }

    private static async Task<string> PutAsync(KinesisHttp kinesis, string operation, string? call, string? attempt)
    {
        var members = operation == "PutRecord"
            ? new JsonObject { ["StreamName"] = Stream, ["PartitionKey"] = "k", ["Data"] = "YQ==" }
            : new JsonObject
            {
                ["StreamName"] = Stream,
                ["Records"] = new JsonArray([.. Enumerable.Range(0, 8).Select(i => (JsonNode)new JsonObject { ["PartitionKey"] = $"{i}", ["Data"] = "YQ==" })]),
            };
        using var content = new StringContent(members.ToJsonString());
        if (call is not null)
            content.Headers.TryAddWithoutValidation("amz-sdk-invocation-id", call);
        if (attempt is not null)
            content.Headers.TryAddWithoutValidation("amz-sdk-request", attempt);
        using var answer = await kinesis.SendAsync(operation, content);
        var body = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(body);
        return body;
    }
}
