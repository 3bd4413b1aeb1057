using Headrace.Delivery.Catalog;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Glue.Tables;

internal sealed class GetTableVersion(TableCatalog catalog) : IAwsJsonOperation
{
    public string Name => nameof(GetTableVersion);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var scope = GlueMembers.ReadCatalog(members, request);
        var database = GlueMembers.ReadName(members, "DatabaseName");
        var name = GlueMembers.ReadName(members, "TableName");
        var version = members.String("VersionId", min: 1, max: 255);
        members.ThrowIfInvalid();

        var table = catalog.GetTable(scope, database, name, version);
        await request.RespondAsync(writer =>
        {
            writer.WritePropertyName("TableVersion");
            TableWriting.WriteVersion(writer, table, scope);
        });
    }
}
