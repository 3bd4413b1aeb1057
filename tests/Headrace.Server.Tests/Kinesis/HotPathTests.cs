using System.Text;
using Headrace.Server.Kinesis;
using Headrace.Server.Tests.AwsCbor;
using Headrace.ShardLog;
using Headrace.Streams;
using Headrace.Streams.Settings;

namespace Headrace.Server.Tests.Kinesis;

/// <summary>What a put costs may depend on the number of its records, but not in objects for the garbage collector.</summary>
public sealed class HotPathTests
{
    private static readonly ShardMap Map = new([new Shard(0, new HashKeyRange(0, UInt128.MaxValue), DateTimeOffset.UnixEpoch)]);

    [Fact]
    public void Parsing_and_answering_allocate_nothing_per_record()
    {
        var few = Body(10);
        var many = Body(500);
        // The pools fill and the compiler settles first.
        for (var i = 0; i < 50; i++)
            PutAndAnswer(many, 500);
        AllocatedBy(many, 500).ShouldBe(AllocatedBy(few, 10));
    }

    [Fact]
    public void So_do_parsing_and_answering_in_CBOR()
    {
        var few = CborBody(10);
        var many = CborBody(500);
        for (var i = 0; i < 50; i++)
            PutAndAnswer(many, 500, cbor: true);
        AllocatedBy(many, 500, cbor: true).ShouldBe(AllocatedBy(few, 10, cbor: true));
    }

    private static long AllocatedBy(byte[] body, int records, bool cbor = false)
    {
        // Whatever else happens on the thread only ever adds: the least is the put's own.
        var least = long.MaxValue;
        for (var i = 0; i < 20; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            PutAndAnswer(body, records, cbor);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }

    private static void PutAndAnswer(byte[] bytes, int records, bool cbor = false)
    {
        using var batch = new RecordBatch(bytes.Length, StreamLimits.MaxPutRecords);
        using var body = new PutRecordsBody(batch);
        (cbor ? PutRecordsCborBody.TryParse(bytes, body, single: false) : body.TryParse(bytes, single: false)).ShouldBeTrue();
        batch.Count.ShouldBe(records);
        using var answer = new PooledBuffer(64 + (records * PutRecordsAnswer.MaxEntryBytes));
        if (cbor)
            PutRecordsCborAnswer.WriteMany(answer, batch, Map, EncryptionHistory.None);
        else
            PutRecordsAnswer.WriteMany(answer, batch, Map, EncryptionHistory.None);
    }

    private static byte[] Body(int records)
    {
        var data = Convert.ToBase64String(new byte[1024]);
        var entries = Enumerable.Range(0, records).Select(i => $$"""{"Data":"{{data}}","PartitionKey":"session-{{i}}"}""");
        return Encoding.UTF8.GetBytes($$"""{"StreamName":"s","Records":[{{string.Join(',', entries)}}]}""");
    }

    private static byte[] CborBody(int records) => CborDocument.Encode(ServerFixtureCbor.Map(
        ("Records", Enumerable.Range(0, records).Select(i => (object?)ServerFixtureCbor.Map(("PartitionKey", $"session-{i}"), ("Data", new byte[1024]))).ToList()),
        ("StreamName", "s")));
}
