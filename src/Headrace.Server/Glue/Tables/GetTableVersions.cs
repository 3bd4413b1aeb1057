using Headrace.Delivery.Catalog;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Glue.Tables;

internal sealed class GetTableVersions(TableCatalog catalog) : IAwsJsonOperation
{
    public string Name => nameof(GetTableVersions);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var scope = GlueMembers.ReadCatalog(members, request);
        var database = GlueMembers.ReadName(members, "DatabaseName");
        var name = GlueMembers.ReadName(members, "TableName");
        var page = GlueMembers.ReadPage(members);
        members.ThrowIfInvalid();

        var versions = catalog.GetVersions(scope, database, name);
        await request.RespondAsync(writer =>
            GlueMembers.WritePage(writer, "TableVersions", versions, page, (to, version) => TableWriting.WriteVersion(to, version, scope)));
    }
}
