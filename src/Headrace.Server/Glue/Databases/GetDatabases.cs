using Headrace.Delivery.Catalog;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Glue.Databases;

internal sealed class GetDatabases(TableCatalog catalog) : IAwsJsonOperation
{
    public string Name => nameof(GetDatabases);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var scope = GlueMembers.ReadCatalog(members, request);
        var page = GlueMembers.ReadPage(members);
        members.ThrowIfInvalid();

        var databases = catalog.Databases(scope);
        await request.RespondAsync(writer =>
            GlueMembers.WritePage(writer, "DatabaseList", databases, page, (to, database) => DatabaseWriting.Write(to, database, scope)));
    }
}
