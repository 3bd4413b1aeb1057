using Headrace.Delivery.Catalog;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Glue.Tables;

internal sealed class DeleteTable(TableCatalog catalog) : IAwsJsonOperation
{
    public string Name => nameof(DeleteTable);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var scope = GlueMembers.ReadCatalog(members, request);
        var database = GlueMembers.ReadName(members, "DatabaseName");
        var name = GlueMembers.ReadName(members, "Name");
        members.ThrowIfInvalid();

        catalog.DeleteTable(scope, database, name);
        await request.RespondAsync(_ => { });
    }
}
