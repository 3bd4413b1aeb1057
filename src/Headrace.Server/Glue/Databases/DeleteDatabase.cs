using Headrace.Delivery.Catalog;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Glue.Databases;

internal sealed class DeleteDatabase(TableCatalog catalog) : IAwsJsonOperation
{
    public string Name => nameof(DeleteDatabase);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var scope = GlueMembers.ReadCatalog(members, request);
        var name = GlueMembers.ReadName(members, "Name");
        members.ThrowIfInvalid();

        catalog.DeleteDatabase(scope, name);
        await request.RespondAsync(_ => { });
    }
}
