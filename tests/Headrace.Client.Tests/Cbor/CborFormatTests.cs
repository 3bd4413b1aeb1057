using System.Formats.Cbor;
using CsCheck;

namespace Headrace.Client.Tests.Cbor;

/// <summary>The request and the answer of PutRecords against .NET's own CBOR, which shares nothing with ours.</summary>
public sealed class CborFormatTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char[' ', '\ud7ff'], 1, 40];

    [Fact]
    public void A_request_holds_its_records() =>
        Gen.Select(Gen.Byte.Array[0, 300], Text, Text.Null()).Array[0, 20].Sample(records =>
        {
            using var body = PutRecordsBody.In(BodyFormat.Cbor);
            body.Begin("stream");
            foreach (var (data, key, hashKey) in records)
                body.Add(data, key, hashKey);
            body.End();

            var reader = new CborReader(body.WrittenMemory, CborConformanceMode.Strict);
            reader.ReadStartMap();
            reader.ReadTextString().ShouldBe("StreamName");
            reader.ReadTextString().ShouldBe("stream");
            reader.ReadTextString().ShouldBe("Records");
            reader.ReadStartArray();
            foreach (var (data, key, hashKey) in records)
            {
                reader.ReadStartMap().ShouldBe(hashKey is null ? 2 : 3);
                reader.ReadTextString().ShouldBe("Data");
                reader.ReadByteString().ShouldBe(data);
                reader.ReadTextString().ShouldBe("PartitionKey");
                reader.ReadTextString().ShouldBe(key);
                if (hashKey is not null)
                {
                    reader.ReadTextString().ShouldBe("ExplicitHashKey");
                    reader.ReadTextString().ShouldBe(hashKey);
                }
                reader.ReadEndMap();
            }
            reader.ReadEndArray();
            reader.ReadEndMap();
            reader.BytesRemaining.ShouldBe(0);
        });

    [Fact]
    public void A_key_that_is_no_text_is_refused()
    {
        foreach (var format in Enum.GetValues<BodyFormat>())
        {
            using var body = PutRecordsBody.In(format);
            body.Begin("stream");
            Should.Throw<ArgumentException>(() => body.Add([1], "\ud800", null));
        }
    }

    [Fact]
    public void An_answer_is_read_whatever_else_it_holds_and_however_long_its_containers_say_they_are() =>
        Gen.Select(Fate.Array[0, 10], Gen.Bool, Gen.Bool).Sample((fates, isDefinite, keepsNumbers) =>
        {
            var read = new List<PutRecordsFate>();
            PutRecordsCborAnswer.Read(Answer(fates, isDefinite), read, new ShardIdTable(), keepsNumbers);
            read.ShouldBe(fates.Select(fate => keepsNumbers || fate.SequenceNumber is null ? fate : fate with { SequenceNumber = "" }));
        });

    [Fact]
    public void An_answer_that_is_cut_off_is_no_answer() =>
        Gen.Select(Fate.Array[1, 4], Gen.Bool).SelectMany((fates, isDefinite) =>
        {
            var whole = Answer(fates, isDefinite);
            return Gen.Int[0, whole.Length - 1].Select(length => whole[..length]);
        }).Sample(cut => Should.Throw<InvalidDataException>(() => PutRecordsCborAnswer.Read(cut, [], new ShardIdTable(), keepsNumbers: true)));

    private static Gen<PutRecordsFate> Fate => Gen.Select(Gen.Bool, Text, Text).Select((isWritten, one, other) =>
        isWritten ? new PutRecordsFate(one, other, null, null) : new PutRecordsFate(null, null, one, other));

    private static byte[] Answer(PutRecordsFate[] fates, bool isDefinite)
    {
        var writer = new CborWriter(CborConformanceMode.Lax, convertIndefiniteLengthEncodings: isDefinite);
        writer.WriteStartMap(null);
        WriteUnknown(writer);
        writer.WriteTextString("Records");
        writer.WriteStartArray(null);
        foreach (var fate in fates)
        {
            writer.WriteStartMap(null);
            WriteUnknown(writer);
            Write(writer, "SequenceNumber", fate.SequenceNumber);
            Write(writer, "ShardId", fate.ShardId);
            Write(writer, "ErrorCode", fate.ErrorCode);
            Write(writer, "ErrorMessage", fate.ErrorMessage);
            writer.WriteEndMap();
        }
        writer.WriteEndArray();
        writer.WriteTextString("FailedRecordCount");
        writer.WriteInt32(3);
        writer.WriteEndMap();
        return writer.Encode();
    }

    private static void Write(CborWriter writer, string name, string? value)
    {
        writer.WriteTextString(name);
        if (value is null)
            writer.WriteNull();
        else
            writer.WriteTextString(value);
    }

    /// <summary>A member of a later version: of everything something.</summary>
    private static void WriteUnknown(CborWriter writer)
    {
        writer.WriteTextString("Later");
        writer.WriteStartArray(null);
        writer.WriteStartIndefiniteLengthTextString();
        writer.WriteTextString("in");
        writer.WriteTextString("pieces");
        writer.WriteEndIndefiniteLengthTextString();
        writer.WriteStartMap(null);
        writer.WriteTextString("Records");
        writer.WriteStartArray(0);
        writer.WriteEndArray();
        writer.WriteInt32(-7);
        writer.WriteDouble(0.5);
        writer.WriteEndMap();
        writer.WriteTag(CborTag.UnixTimeSeconds);
        writer.WriteInt64(1);
        writer.WriteBoolean(true);
        writer.WriteByteString([1, 2]);
        writer.WriteEndArray();
    }
}
