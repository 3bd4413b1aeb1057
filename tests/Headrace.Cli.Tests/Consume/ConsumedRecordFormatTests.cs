using System.Text;
using System.Text.Json;
using CsCheck;
using Headrace.Cli.Consume;
using Headrace.Cli.Output;
using Headrace.Client;

namespace Headrace.Cli.Tests.Consume;

public sealed class ConsumedRecordFormatTests
{
    private const string Place = "shardId-000000000001 4966 k";

    [Theory]
    [InlineData("{\"a\": 1}", Place + " {\"a\": 1}\n")]
    [InlineData("two\nlines\r", Place + " two\\nlines\\r\n")]
    [InlineData("", Place + " \n")]
    public void Text_is_one_line(string data, string expected) => Text(Encoding.UTF8.GetBytes(data)).ShouldBe(expected);

    [Fact]
    public void Text_shows_other_bytes_as_Base64() => Text([0xFF, 0x00]).ShouldBe(Place + " /wA=\n");

    [Fact]
    public void Json_says_where_and_when()
    {
        var line = Json("{}"u8.ToArray()).RootElement;
        line.GetProperty("shardId").GetString().ShouldBe("shardId-000000000001");
        line.GetProperty("sequenceNumber").GetString().ShouldBe("4966");
        line.GetProperty("partitionKey").GetString().ShouldBe("k");
        line.GetProperty("approximateArrivalTimestamp").GetString().ShouldBe("2026-11-23T20:00:00.123Z");
    }

    [Theory]
    [InlineData("{\"a\": 1.0}", JsonValueKind.Object)]
    [InlineData(" [1]", JsonValueKind.Array)]
    [InlineData("\"text\"", JsonValueKind.String)]
    [InlineData("{\"a\":\n1}", JsonValueKind.String)]
    [InlineData("{\"a\":1} {}", JsonValueKind.String)]
    [InlineData("plain ä", JsonValueKind.String)]
    [InlineData("", JsonValueKind.String)]
    public void Json_holds_objects_as_they_are_and_other_text_as_a_string(string data, JsonValueKind kind)
    {
        var value = Json(Encoding.UTF8.GetBytes(data)).RootElement.GetProperty("data");
        value.ValueKind.ShouldBe(kind);
        (kind == JsonValueKind.String ? value.GetString() : value.GetRawText()).ShouldBe(kind == JsonValueKind.String ? data : data.Trim());
    }

    [Fact]
    public void Any_bytes_come_back_from_one_line_of_JSON() =>
        Gen.Byte.Array[0, 200].Sample(data =>
        {
            var root = Json(data).RootElement;
            var back = root.TryGetProperty("dataBase64", out var coded)
                ? coded.GetBytesFromBase64()
                : root.GetProperty("data") is { ValueKind: JsonValueKind.String } text ? Encoding.UTF8.GetBytes(text.GetString()!) : Encoding.UTF8.GetBytes(root.GetProperty("data").GetRawText());
            back.ShouldBe(data);
        });

    private static ConsumedRecord Record(byte[] data) =>
        new("shardId-000000000001", "4966", "k", data, new DateTimeOffset(2026, 11, 23, 20, 0, 0, 123, TimeSpan.Zero), MillisBehindLatest: 0);

    private static string Text(byte[] data) => Written(output => output.WriteLine(Record(data), ConsumedRecordFormat.WriteText));

    private static JsonDocument Json(byte[] data)
    {
        var line = Written(output => output.WriteJson(Record(data), ConsumedRecordFormat.WriteJson));
        line.TrimEnd('\n').ShouldNotContain('\n');
        return JsonDocument.Parse(line);
    }

    private static string Written(Action<LineOutput> write)
    {
        using var stream = new MemoryStream();
        using var output = new LineOutput(stream);
        write(output);
        output.Flush();
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
