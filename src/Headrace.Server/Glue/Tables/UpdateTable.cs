using Headrace.Delivery.Catalog;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Glue.Tables;

internal sealed class UpdateTable(TableCatalog catalog) : IAwsJsonOperation
{
    public string Name => nameof(UpdateTable);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var scope = GlueMembers.ReadCatalog(members, request);
        var database = GlueMembers.ReadName(members, "DatabaseName");
        var input = members.Structure("TableInput", required: true);
        var name = input is null ? "" : GlueMembers.ReadName(input, "Name");
        members.ThrowIfInvalid();

        catalog.UpdateTable(scope, database, name, input!.RawText);
        await request.RespondAsync(_ => { });
    }
}
