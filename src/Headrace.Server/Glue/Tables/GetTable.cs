using Headrace.Delivery.Catalog;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Glue.Tables;

internal sealed class GetTable(TableCatalog catalog) : IAwsJsonOperation
{
    public string Name => nameof(GetTable);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var scope = GlueMembers.ReadCatalog(members, request);
        var database = GlueMembers.ReadName(members, "DatabaseName");
        var name = GlueMembers.ReadName(members, "Name");
        members.ThrowIfInvalid();

        var table = catalog.GetTable(scope, database, name);
        await request.RespondAsync(writer =>
        {
            writer.WritePropertyName("Table");
            TableWriting.Write(writer, table, scope);
        });
    }
}
