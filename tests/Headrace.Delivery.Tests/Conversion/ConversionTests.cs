using System.Text;
using System.Text.Json;
using Headrace.Delivery.Conversion;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Tests.Conversion;

public class ConversionTests
{
    [Fact]
    public async Task Records_become_rows_and_those_that_do_not_fit_go_to_the_error_prefix()
    {
        await using var rig = await StartAsync("""{"Name":"id","Type":"int"},{"Name":"name","Type":"string"}""");
        var stream = await rig.CreateAsync(destination: Converted());
        await rig.PutAsync("fire", """{"id":1,"name":"one"}""", """{"id":"many"}""", """{"id":2}{"id":3,"name":"three"}""", "no json", "[1]", "");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 7);
        var key = rig.Shelf.Keys.Single(key => key.StartsWith("lake/rows/", StringComparison.Ordinal));
        key.ShouldEndWith(".parquet");
        Duck.Rows(Read(rig, key), "id", "name").ShouldBe(["1|one", "2|null", "3|three"]);
        var failed = rig.Shelf.LinesUnder("lake/errors/format-conversion-failed/").ConvertAll(line => JsonDocument.Parse(line).RootElement);
        failed.ConvertAll(line => Encoding.UTF8.GetString(line.GetProperty("rawData").GetBytesFromBase64())).ShouldBe(["""{"id":"many"}""", "no json", "[1]", ""]);
        failed.ConvertAll(line => line.GetProperty("lastErrorCode").GetString())
            .ShouldBe(["DataFormatConversion.MalformedData", "DataFormatConversion.ParseError", "DataFormatConversion.ParseError", "DataFormatConversion.ParseError"]);
        failed[0].GetProperty("sequenceNumber").GetString().ShouldBe("1");
        failed[0].GetProperty("dataCatalogTable").ToString().ShouldBe(
            """{"catalogId":"000000000000","databaseName":"db","tableName":"users","region":"us-east-1","versionId":"0","catalogArn":"arn:aws:glue:us-east-1:000000000000:catalog"}""");
    }

    [Fact]
    public async Task An_object_that_was_begun_is_made_again_with_the_same_bytes_though_its_table_has_changed()
    {
        await using var rig = await StartAsync("""{"Name":"id","Type":"int"}""");
        var stream = await rig.CreateAsync(destination: Converted());
        byte[]? first = null;
        rig.Shelf.AfterPut = (_, _) =>
        {
            first ??= Read(rig, rig.Shelf.Keys.Single());
            throw new IOException("The answer was lost.");
        };
        await rig.PutAsync("fire", """{"id":1}""", """{"id":2}""");
        await rig.RunUntilAsync(() => stream.Progress!.LastError is not null);
        rig.Delivery.Catalog.UpdateTable(DeliveryRig.Scope, "db", "users", Table("""{"Name":"id","Type":"string"},{"Name":"more","Type":"date"}"""));
        var key = rig.Shelf.Keys.Single();
        rig.Shelf.Remove(key);
        rig.Shelf.AfterPut = (_, _) => Task.CompletedTask;
        await rig.RestartAsync();
        await rig.PutAsync("fire", """{"id":"3","more":"2026-01-01"}""");
        await rig.RunUntilAsync(() => rig.Delivery.Get(DeliveryRig.Scope, "fire").Progress!.DeliveredRecords == 3);
        Read(rig, key).ShouldBe(first);
        Duck.Rows(Read(rig, rig.Shelf.Keys.Single(other => other != key)), "id", "more").ShouldBe(["3|2026-01-01"]);
    }

    [Fact]
    public async Task Records_wait_for_a_table_that_is_not_there_yet()
    {
        await using var rig = await DeliveryRig.StartAsync();
        var stream = await rig.CreateAsync(destination: Converted());
        await rig.PutAsync("fire", """{"id":1}""");
        await rig.RunUntilAsync(() => stream.Progress!.LastError?.Contains("could not be found", StringComparison.Ordinal) == true);
        rig.Delivery.Catalog.CreateDatabase(DeliveryRig.Scope, "db", """{"Name":"db"}""");
        rig.Delivery.Catalog.CreateTable(DeliveryRig.Scope, "db", "users", Table("""{"Name":"id","Type":"int"}"""));
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 1);
        stream.Progress!.LastError.ShouldBeNull();
    }

    [Fact]
    public async Task Partitions_hold_rows_of_their_own()
    {
        await using var rig = await StartAsync("""{"Name":"key","Type":"string"}""");
        var stream = await rig.CreateAsync(destination: DeliveryRig.Partitioned() with { Conversion = Converted().Conversion });
        await rig.PutAsync("fire", """{"key":"a"}""", """{"key":"b"}""", """{"key":"a"}""");
        await rig.RunUntilAsync(() => stream.Progress!.DeliveredRecords == 3);
        Duck.Rows(Read(rig, rig.Shelf.Keys.Single(key => key.StartsWith("lake/data/a/", StringComparison.Ordinal))), "key").ShouldBe(["a", "a"]);
        Duck.Rows(Read(rig, rig.Shelf.Keys.Single(key => key.StartsWith("lake/data/b/", StringComparison.Ordinal))), "key").ShouldBe(["b"]);
    }

    private static async Task<DeliveryRig> StartAsync(string columns)
    {
        var rig = await DeliveryRig.StartAsync();
        rig.Delivery.Catalog.CreateDatabase(DeliveryRig.Scope, "db", """{"Name":"db"}""");
        rig.Delivery.Catalog.CreateTable(DeliveryRig.Scope, "db", "users", Table(columns));
        return rig;
    }

    private static string Table(string columns) => $$$"""{"Name":"users","StorageDescriptor":{"Columns":[{{{columns}}}]}}""";

    private static S3Destination Converted() => DeliveryRig.To(megabytes: 64, seconds: 1) with
    {
        Prefix = "rows/!{timestamp:yyyy}/",
        ErrorOutputPrefix = "errors/!{firehose:error-output-type}/",
        Conversion = new DataFormatConversionConfiguration
        {
            Enabled = true,
            InputFormatConfiguration = new InputFormatConfiguration { Deserializer = new Deserializer { OpenXJsonSerDe = new OpenXJsonSerDe() } },
            OutputFormatConfiguration = new OutputFormatConfiguration { Serializer = new Serializer { ParquetSerDe = new ParquetSerDe() } },
            SchemaConfiguration = new SchemaConfiguration { RoleARN = "arn:aws:iam::000000000000:role/delivery", DatabaseName = "db", TableName = "Users" },
        },
    };

    private static byte[] Read(DeliveryRig rig, string key) => rig.Shelf.Read("lake", key["lake/".Length..]);
}
