using System.Net;
using System.Text.Json;

namespace Headrace.Server.Tests.Glue;

public class TableTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_table_is_created_updated_and_shown_in_every_version()
    {
        await GlueAsync("CreateDatabase", """{"DatabaseInput":{"Name":"Sales","Description":"what was sold"}}""");
        var database = (await GlueAsync("GetDatabase", """{"Name":"sales"}""")).GetProperty("Database");
        database.GetProperty("Name").GetString().ShouldBe("sales");
        database.GetProperty("Description").GetString().ShouldBe("what was sold");
        database.GetProperty("CatalogId").GetString().ShouldBe("000000000000");

        await GlueAsync("CreateTable", Table("Orders", """{"Name":"ID","Type":"int"}"""));
        await GlueAsync("UpdateTable", Table("orders", """{"Name":"id","Type":"bigint","Comment":"longer"}"""));
        var table = (await GlueAsync("GetTable", """{"DatabaseName":"sales","Name":"ORDERS"}""")).GetProperty("Table");
        table.GetProperty("Name").GetString().ShouldBe("orders");
        table.GetProperty("VersionId").GetString().ShouldBe("1");
        table.GetProperty("StorageDescriptor").GetProperty("Columns").ToString().ShouldBe("""[{"Name":"id","Type":"bigint","Comment":"longer"}]""");
        var versions = (await GlueAsync("GetTableVersions", """{"DatabaseName":"sales","TableName":"orders"}""")).GetProperty("TableVersions");
        versions.EnumerateArray().Select(version => version.GetProperty("VersionId").GetString()).ShouldBe(["1", "0"]);
        (await GlueAsync("GetTableVersion", """{"DatabaseName":"sales","TableName":"orders","VersionId":"0"}""")).GetProperty("TableVersion").GetProperty("Table")
            .GetProperty("StorageDescriptor").GetProperty("Columns")[0].GetProperty("Type").GetString().ShouldBe("int");

        await GlueAsync("DeleteTable", """{"DatabaseName":"sales","Name":"orders"}""");
        (await ErrorAsync("GetTable", """{"DatabaseName":"sales","Name":"orders"}""")).ShouldBe(("EntityNotFoundException", "Table orders not found."));
        await GlueAsync("DeleteDatabase", """{"Name":"sales"}""");
        (await ErrorAsync("GetTables", """{"DatabaseName":"sales"}""")).ShouldBe(("EntityNotFoundException", "Database sales not found."));
    }

    [Fact]
    public async Task Lists_come_page_by_page()
    {
        await GlueAsync("CreateDatabase", """{"DatabaseInput":{"Name":"paged"}}""");
        foreach (var name in new[] { "a1", "a2", "b1" })
            await GlueAsync("CreateTable", $$$"""{"DatabaseName":"paged","TableInput":{"Name":"{{{name}}}"}}""");
        var first = await GlueAsync("GetTables", """{"DatabaseName":"paged","MaxResults":2}""");
        Names(first).ShouldBe(["a1", "a2"]);
        var second = await GlueAsync("GetTables", $$"""{"DatabaseName":"paged","MaxResults":2,"NextToken":"{{first.GetProperty("NextToken")}}"}""");
        Names(second).ShouldBe(["b1"]);
        second.TryGetProperty("NextToken", out _).ShouldBeFalse();
        Names(await GlueAsync("GetTables", """{"DatabaseName":"paged","Expression":".*1"}""")).ShouldBe(["a1", "b1"]);
    }

    [Theory]
    [InlineData("CreateTable", """{"DatabaseName":"missing","TableInput":{"Name":"t"}}""", "EntityNotFoundException")]
    [InlineData("CreateTable", """{"DatabaseName":"refusals","TableInput":{"Name":"there"}}""", "AlreadyExistsException")]
    [InlineData("CreateTable", """{"DatabaseName":"refusals","TableInput":{"Name":"t","StorageDescriptor":{"Columns":[{"Name":"a","Type":"integral"}]}}}""", "InvalidInputException")]
    [InlineData("CreateTable", """{"DatabaseName":"refusals"}""", "ValidationException")]
    [InlineData("UpdateTable", """{"DatabaseName":"refusals","TableInput":{"Name":"t"}}""", "EntityNotFoundException")]
    [InlineData("GetTableVersion", """{"DatabaseName":"refusals","TableName":"there","VersionId":"7"}""", "EntityNotFoundException")]
    [InlineData("CreateDatabase", """{"DatabaseInput":{"Name":"refusals"}}""", "AlreadyExistsException")]
    [InlineData("GetTables", """{"DatabaseName":"refusals","NextToken":"?"}""", "InvalidInputException")]
    public async Task What_can_t_be_is_refused(string operation, string request, string type)
    {
        await server.SendAsync("AWSGlue.CreateDatabase", """{"DatabaseInput":{"Name":"refusals"}}""");
        await server.SendAsync("AWSGlue.CreateTable", """{"DatabaseName":"refusals","TableInput":{"Name":"there"}}""");
        (await ErrorAsync(operation, request)).Type.ShouldBe(type);
    }

    private static string Table(string name, string columns) => $$$$"""{"DatabaseName":"sales","TableInput":{"Name":"{{{{name}}}}","StorageDescriptor":{"Columns":[{{{{columns}}}}]}}}""";

    private static IEnumerable<string?> Names(JsonElement page) => page.GetProperty("TableList").EnumerateArray().Select(table => table.GetProperty("Name").GetString());

    private async Task<JsonElement> GlueAsync(string operation, string json)
    {
        var (status, body) = await server.SendAsync($"AWSGlue.{operation}", json);
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body;
    }

    private async Task<(string Type, string Message)> ErrorAsync(string operation, string json)
    {
        var (status, body) = await server.SendAsync($"AWSGlue.{operation}", json);
        status.ShouldBe(HttpStatusCode.BadRequest, body.ToString());
        return (body.GetProperty("__type").GetString()!, body.GetProperty("message").GetString()!);
    }
}
