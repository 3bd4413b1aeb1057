using System.IO.Compression;
using System.Text;
using Headrace.Delivery.Catalog;
using Headrace.Delivery.Compaction;
using Headrace.Delivery.Conversion;
using Headrace.Delivery.Destinations;
using Headrace.Delivery.Tests.Conversion;

namespace Headrace.Delivery.Tests.Compaction;

public class MergedFormatTests
{
    private static readonly (string Name, string Type)[] Columns =
    [
        ("id", "int"), ("big", "bigint"), ("ok", "boolean"), ("f", "float"), ("d", "double"), ("name", "string"), ("at", "timestamp"), ("day", "date"), ("price", "decimal(12,3)"),
        ("items", "array<struct<code:string,tags:array<string>>>"), ("totals", "map<string,array<bigint>>"), ("place", "struct<city:string,at:struct<x:int,y:int>>"),
    ];

    private const string Item = """{"code":"x"}""";

    public static TheoryData<CompressionFormat> Formats => [.. Enum.GetValues<CompressionFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Packed_objects_become_one_whose_plain_bytes_are_theirs(CompressionFormat format)
    {
        var plain = new[] { 0, 1, 300_000, 32_768, 262_144, 777_777 }.Select((length, i) => Text(length, i)).ToArray();
        var merged = Merge(format, [.. plain.Select((bytes, i) => ObjectPacking.Pack(bytes, format, $"part-{i}").ToArray())]);
        byte[] all = [.. plain.SelectMany(bytes => bytes)];
        Unpack(merged, format).ShouldBe(all);
    }

    [Fact]
    public void A_merged_archive_has_one_file_with_the_object_s_name()
    {
        var merged = Merge(CompressionFormat.Zip, [.. new[] { "a\n", "b\n" }.Select(text => ObjectPacking.Pack(Encoding.UTF8.GetBytes(text), CompressionFormat.Zip, "x").ToArray())]);
        using var archive = new ZipArchive(new MemoryStream(merged));
        archive.Entries.Select(entry => entry.Name).ShouldBe(["merged.bin"]);
    }

    [Fact]
    public void A_merged_frame_of_Zstandard_is_one_that_tells_its_length()
    {
        var merged = Merge(CompressionFormat.Zstd, [.. Enumerable.Range(0, 3).Select(i => ObjectPacking.Pack(Text(100_000, i), CompressionFormat.Zstd, "x").ToArray())]);
        using var decompressor = new ZstdSharp.Decompressor();
        // It takes one frame, and room as its header says.
        decompressor.Unwrap(merged).Length.ShouldBe(300_000);
    }

    [Theory]
    [InlineData("SNAPPY", "V1", false)]
    [InlineData("GZIP", "V2", true)]
    [InlineData("UNCOMPRESSED", "V2", false)]
    public void Parquet_files_become_one_with_the_same_rows_and_columns(string compression, string version, bool dictionary)
    {
        var plan = Plan(new ParquetSerDe { Compression = compression, WriterVersion = version, EnableDictionaryCompression = dictionary, PageSizeBytes = 65_536 });
        var lines = Enumerable.Range(0, 20_000).Select(Row).ToArray();
        var files = new[] { lines[..1], lines[1..9_000], lines[9_000..9_003], lines[9_003..] }.Select(part => Write(plan, part)).ToArray();
        var merged = MergeParquet(plan, files);
        var whole = Write(plan, lines);
        string[] names = [.. Columns.Select(column => column.Name)];
        Duck.Rows(merged, names).ShouldBe(Duck.Rows(whole, names));
        const string schema = "SELECT name, type, repetition_type, converted_type, logical_type FROM parquet_schema(FILE)";
        Duck.Ask(merged, schema).ShouldBe(Duck.Ask(whole, schema));
        const string codecs = "SELECT DISTINCT compression FROM parquet_metadata(FILE)";
        Duck.Ask(merged, codecs).ShouldBe(Duck.Ask(whole, codecs));
        Duck.Ask(merged, "SELECT CAST(num_row_groups AS VARCHAR) FROM parquet_file_metadata(FILE)").ShouldBe(["1"]);
    }

    [Fact]
    public void Row_groups_of_a_merged_file_are_as_large_as_the_writer_is_told()
    {
        var plan = Plan(new ParquetSerDe { Compression = "UNCOMPRESSED", BlockSizeBytes = 100_000 });
        var files = Enumerable.Range(0, 10).Select(file => Write(plan, [.. Enumerable.Range(file * 400, 400).Select(Row)])).ToArray();
        var merged = MergeParquet(plan, files);
        Duck.Ask(merged, "SELECT CAST(num_rows AS VARCHAR) FROM parquet_file_metadata(FILE)").ShouldBe(["4000"]);
        var groups = Duck.Ask(merged, "SELECT DISTINCT CAST(row_group_num_rows AS VARCHAR) FROM parquet_metadata(FILE)");
        groups.ShouldNotContain("4000");
        groups.ShouldNotContain("400");
    }

    private static string Row(int i) => (i % 5) switch
    {
        0 => "{}",
        1 => $$$$"""{"id":{{{{i}}}},"big":{{{{i * 9_000_000_000L}}}},"ok":true,"f":{{{{i}}}}.5,"d":-1e{{{{i % 300}}}},"name":"name-{{{{i % 11}}}}","at":"2026-01-31T00:00:00.{{{{i % 1000:D3}}}}Z","day":"2026-01-31","price":{{{{i}}}}.125}""",
        2 => $$$$"""{"id":{{{{i}}}},"items":[{"code":"a{{{{i}}}}","tags":["p","q"]},null,{"tags":[]},{"code":null,"tags":[null,"r"]}],"totals":{"k":[1,{{{{i}}}}],"n":null,"e":[]}}""",
        3 => $$$$"""{"items":[],"totals":{},"place":{"city":"Bern","at":{"y":{{{{i}}}}}}}""",
        _ => $$$$"""{"id":{{{{i}}}},"place":{"at":null},"items":[{{{{string.Join(',', Enumerable.Repeat(Item, i % 40))}}}}]}""",
    };

    private static byte[] Text(int length, int seed)
    {
        var bytes = new byte[length];
        var random = new Random(seed);
        for (var i = 0; i < length; i++)
            bytes[i] = (byte)"abcdefgh\n"[random.Next(9)];
        return bytes;
    }

    private static byte[] Merge(CompressionFormat format, byte[][] sources)
    {
        using var target = new MemoryStream();
        var length = sources.Sum(source => PackedMerge.PlainLength(new MemoryStream(source), format, CancellationToken.None));
        using var merged = new PackedMerge(format, target, "merged.bin", length);
        foreach (var source in sources)
            merged.Add(new MemoryStream(source), CancellationToken.None);
        merged.Close();
        return target.ToArray();
    }

    private static byte[] Unpack(byte[] packed, CompressionFormat format)
    {
        if (format == CompressionFormat.Uncompressed)
            return packed;
        using var unpacker = ObjectPacking.Unpacker(new MemoryStream(packed), format);
        using var plain = new MemoryStream();
        unpacker.CopyTo(plain);
        return plain.ToArray();
    }

    private static byte[] MergeParquet(ConversionPlan plan, byte[][] files)
    {
        using var target = new MemoryStream();
        using (var merged = new ParquetMerge(plan, target))
        {
            foreach (var file in files)
                merged.Add(new MemoryStream(file), CancellationToken.None);
            merged.Close();
        }
        return target.ToArray();
    }

    private static byte[] Write(ConversionPlan plan, string[] lines) => ParquetObject.Write(plan, Encoding.UTF8.GetBytes(string.Concat(lines))).ToArray();

    private static ConversionPlan Plan(ParquetSerDe writer) => new(
        new ConversionTable("000000000000", "db", "table", "us-east-1", "0"),
        [.. Columns.Select(column => new TableColumn(column.Name, column.Type))],
        new Deserializer { OpenXJsonSerDe = new OpenXJsonSerDe() },
        writer);
}
