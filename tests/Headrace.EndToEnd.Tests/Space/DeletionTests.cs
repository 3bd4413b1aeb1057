using System.Text.Json.Nodes;
using Headrace.EndToEnd.Tests.Kinesis;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Space;

/// <summary>What is deleted is given back to the disk, while everything else goes on.</summary>
public sealed class DeletionTests
{
    private const int Puts = 30;
    private const int RecordBytes = 1_000_000;

    [Fact]
    public async Task A_deleted_streams_space_is_back_while_another_takes_records()
    {
        const int count = 50_000;
        await using var server = await ServerProcess.StartAsync();
        using var kinesis = new KinesisHttp(server.Endpoint);
        await kinesis.CreateStreamAsync("stays", shards: 2);
        await kinesis.CreateStreamAsync("goes", shards: 2);
        for (var i = 0; i < Puts; i++)
            await kinesis.PutRecordAsync("goes", $"{i}", new byte[RecordBytes]);
        await using var produce = server.Start(["produce", "--stream", "stays", "--generate", "--count", $"{count}", "--output", "json"]);
        await Deadline.UntilAsync(() => produce.OutputLength > 0, "the producer has begun");
        var before = BytesIn(server.Data);

        await kinesis.CallAsync("DeleteStream", new JsonObject { ["StreamName"] = "goes" });
        await Deadline.UntilAsync(() => BytesIn(server.Data) < before - (Puts * RecordBytes) + LargestGrowth(count), "the space is back");
        (await produce.EndAsync()).ShouldHaveExited(0);
        (await kinesis.ReadAllAsync("stays")).Count.ShouldBe(count);
    }

    /// <summary>What the other stream's records may take meanwhile, at most.</summary>
    private static long LargestGrowth(int records) => records * 450L;

    private static long BytesIn(string folder)
    {
        var bytes = 0L;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            try
            {
                bytes += file.Length;
            }
            catch (FileNotFoundException)
            {
                // Deleted since it was listed.
            }
        }
        return bytes;
    }
}
