using System.Text;
using Headrace.Delivery.Catalog;
using Headrace.Delivery.Conversion;

namespace Headrace.Delivery.Tests.Conversion;

public class ParquetObjectTests
{
    private static readonly OpenXJsonSerDe OpenX = new();

    [Fact]
    public void Every_scalar_type_is_read_back()
    {
        var file = Write(
            [("b", "boolean"), ("t", "tinyint"), ("s", "smallint"), ("i", "int"), ("l", "bigint"), ("f", "float"), ("d", "double"), ("x", "string"), ("c", "varchar(3)"), ("day", "date"), ("raw", "binary")],
            """{"b":true,"t":-128,"s":32767,"i":-5,"l":9007199254740993,"f":1.5,"d":1e100,"x":"gr\u00fcn \uD83D\uDE00","c":"abcdef","day":"2026-01-31","raw":"AB"}{}""",
            """{"b":null,"i":"12","x":7}""");
        Duck.Rows(file, "b", "t", "s", "i", "l", "f", "d", "x", "c", "day", "raw").ShouldBe([
            "true|-128|32767|-5|9007199254740993|1.5|1e+100|grün 😀|abc|2026-01-31|AB",
            "null|null|null|null|null|null|null|null|null|null|null",
            "null|null|null|12|null|null|null|7|null|null|null"]);
    }

    [Fact]
    public void Structs_arrays_and_maps_nest_and_tell_null_from_empty()
    {
        var file = Write(
            [("id", "int"), ("items", "array<struct<code:string,tags:array<string>>>"), ("totals", "map<string,array<bigint>>"), ("place", "struct<city:string,at:struct<x:int,y:int>>")],
            """{"id":1,"items":[{"code":"a","tags":["p","q"]},{"code":null,"tags":[]},null,{"tags":[null]}],"totals":{"k":[1,2],"n":null,"e":[]},"place":{"city":"Bern","at":{"y":2}}}""",
            """{"id":2,"items":[],"totals":{},"place":{}}""",
            """{"id":3,"items":null,"place":null}""",
            """{"id":4,"items":[{"code":"z"}],"totals":{"one":[1]},"place":{"at":null,"city":"Rom"}}""");
        Duck.Rows(file, "id", "items", "totals", "place").ShouldBe([
            "1|[{'code': a, 'tags': [p, q]}, {'code': NULL, 'tags': []}, NULL, {'code': NULL, 'tags': [NULL]}]|{k=[1, 2], n=NULL, e=[]}|{'city': Bern, 'at': {'x': NULL, 'y': 2}}",
            "2|[]|{}|{'city': NULL, 'at': NULL}",
            "3|null|null|null",
            "4|[{'code': z, 'tags': NULL}]|{one=[1]}|{'city': Rom, 'at': NULL}"]);
    }

    [Theory]
    [InlineData("decimal(10,2)", "12.345", "12.35")]
    [InlineData("decimal(10,2)", "-12.345", "-12.35")]
    [InlineData("decimal(10,2)", "\"0.004\"", "0.00")]
    [InlineData("decimal(38,10)", "1234567890123456789012345678.0123456789", "1234567890123456789012345678.0123456789")]
    [InlineData("decimal(5)", "1.5e3", "1500")]
    [InlineData("decimal(5,2)", "-0.01", "-0.01")]
    public void Decimals_keep_every_digit(string type, string number, string expected) =>
        Duck.Rows(Write([("n", type)], $$"""{"n":{{number}}}"""), "n").ShouldBe([expected]);

    [Theory]
    [InlineData("\"2017-02-07T15:13:01.39256Z\"", "2017-02-07 15:13:01.39256")]
    [InlineData("\"2017-2-7 15:13:01\"", "2017-02-07 15:13:01")]
    [InlineData("\"2017-02-07T15:13:01+02:00\"", "2017-02-07 13:13:01")]
    [InlineData("1518033528", "2018-02-07 19:58:48")]
    [InlineData("1518033528123", "2018-02-07 19:58:48.123")]
    [InlineData("1518033528.123", "2018-02-07 19:58:48.123")]
    [InlineData("\"1518033528\"", "2018-02-07 19:58:48")]
    [InlineData("\"1969-12-31 23:59:59.5\"", "1969-12-31 23:59:59.5")]
    public void OpenX_reads_times_in_all_its_forms(string time, string expected) =>
        Duck.Rows(Write([("at", "timestamp")], $$"""{"at":{{time}}}"""), "at").ShouldBe([expected]);

    [Theory]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.SSSZ", "\"2026-03-04T05:06:07.089+0100\"", "2026-03-04 04:06:07.089")]
    [InlineData("dd/MM/yyyy HH:mm", "\"04/03/2026 05:06\"", "2026-03-04 05:06:00")]
    [InlineData("millis", "1518033528123", "2018-02-07 19:58:48.123")]
    [InlineData(null, "\"2026-03-04 05:06:07.5\"", "2026-03-04 05:06:07.5")]
    public void Hive_reads_times_by_its_patterns(string? pattern, string time, string expected) => Duck.Rows(
        Write(Plan([("at", "timestamp")], new Deserializer { HiveJsonSerDe = new HiveJsonSerDe { TimestampFormats = pattern is null ? null : [pattern] } }), $$"""{"at":{{time}}}"""),
        "at").ShouldBe([expected]);

    [Fact]
    public void OpenX_finds_keys_as_it_is_told()
    {
        var reader = new Deserializer { OpenXJsonSerDe = new OpenXJsonSerDe { ConvertDotsInJsonKeysToUnderscores = true, ColumnToJsonKeyMappings = new Dictionary<string, string> { ["ts"] = "timestamp" } } };
        var columns = new[] { ("a_b", "int"), ("ts", "bigint"), ("name", "string") };
        Duck.Rows(Write(Plan(columns, reader), """{"a.b":1,"TimeStamp":2,"NAME":{"in": [1]},"other":{"a":[{}]}}"""), "a_b", "ts", "name").ShouldBe(["""1|2|{"in": [1]}"""]);
        reader = new Deserializer { OpenXJsonSerDe = new OpenXJsonSerDe { CaseInsensitive = false } };
        Duck.Rows(Write(Plan(columns, reader), """{"NAME":"x","name":"y","a.b":1}"""), "a_b", "ts", "name").ShouldBe(["null|null|y"]);
    }

    [Theory]
    [InlineData("SNAPPY", "V1", false, "SNAPPY", "PLAIN")]
    [InlineData("GZIP", "V2", true, "GZIP", "DICTIONARY")]
    [InlineData("UNCOMPRESSED", "V1", true, "UNCOMPRESSED", "DICTIONARY")]
    public void The_writer_s_settings_are_followed(string compression, string version, bool dictionary, string codec, string encoding)
    {
        var lines = Enumerable.Range(0, 20_000).Select(i => $$"""{"k":"key-{{i % 7}}","n":{{i}}}""").ToArray();
        var plan = Plan([("k", "string"), ("n", "int")], new Deserializer { OpenXJsonSerDe = OpenX }) with
        {
            Writer = new ParquetSerDe { Compression = compression, WriterVersion = version, EnableDictionaryCompression = dictionary, PageSizeBytes = 65_536 },
        };
        var file = Write(plan, lines);
        Duck.Ask(file, "SELECT CAST(count(*) AS VARCHAR), CAST(sum(n) AS VARCHAR), CAST(count(DISTINCT k) AS VARCHAR) FROM read_parquet(FILE)").ShouldBe(["20000|199990000|7"]);
        var column = Duck.Ask(file, "SELECT compression, encodings FROM parquet_metadata(FILE) WHERE path_in_schema = 'k'").Single();
        column.ShouldStartWith($"{codec}|");
        column.ShouldContain(encoding);
        Write(plan, lines).ShouldBe(file);
    }

    [Theory]
    [InlineData("int", "1.5")]
    [InlineData("int", "2147483648")]
    [InlineData("tinyint", "200")]
    [InlineData("boolean", "1")]
    [InlineData("double", "\"much\"")]
    [InlineData("decimal(4,2)", "123.4")]
    [InlineData("timestamp", "\"yesterday\"")]
    [InlineData("date", "\"2026-02-30\"")]
    [InlineData("array<int>", "1")]
    [InlineData("array<int>", "[1,\"x\"]")]
    [InlineData("map<string,int>", "[1]")]
    [InlineData("struct<a:int>", "\"a\"")]
    public void What_a_column_can_t_hold_is_refused_by_its_name(string type, string value) =>
        Should.Throw<RecordMismatchException>(() => Write([("col", type)], $$"""{"col":{{value}}}""")).Message.ShouldContain("Column col");

    [Theory]
    [InlineData("decimal(39,2)")]
    [InlineData("array<int")]
    [InlineData("map<array<int>,int>")]
    [InlineData("struct<a:int,a:int>")]
    [InlineData("uniontype<int,string>")]
    [InlineData("int int")]
    public void Types_that_there_are_not_are_refused(string type) => Should.Throw<FormatException>(() => HiveType.Parse(type));

    private static byte[] Write((string Name, string Type)[] columns, params string[] records) => Write(Plan(columns, new Deserializer { OpenXJsonSerDe = OpenX }), records);

    private static byte[] Write(ConversionPlan plan, params string[] records) => ParquetObject.Write(plan, Encoding.UTF8.GetBytes(string.Concat(records))).ToArray();

    private static ConversionPlan Plan((string Name, string Type)[] columns, Deserializer reader) => new(
        new ConversionTable("000000000000", "db", "table", "us-east-1", "0"),
        [.. columns.Select(column => new TableColumn(column.Name, column.Type))],
        reader,
        new ParquetSerDe());
}
