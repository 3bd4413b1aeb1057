using System.Text.RegularExpressions;
using Headrace.Delivery.Catalog;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Glue.Tables;

internal sealed class GetTables(TableCatalog catalog) : IAwsJsonOperation
{
    public string Name => nameof(GetTables);

    public async ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var scope = GlueMembers.ReadCatalog(members, request);
        var database = GlueMembers.ReadName(members, "DatabaseName");
        var expression = members.String("Expression", max: 2048);
        var page = GlueMembers.ReadPage(members);
        members.ThrowIfInvalid();

        var tables = catalog.Tables(scope, database).FindAll(table => Matches(table.Name, expression));
        await request.RespondAsync(writer =>
            GlueMembers.WritePage(writer, "TableList", tables, page, (to, table) => TableWriting.Write(to, table, scope)));
    }

    private static bool Matches(string name, string? expression)
    {
        try
        {
            return expression is null || Regex.IsMatch(name, $@"\A(?:{expression})\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            throw new WireException(400, "InvalidInputException", $"Expression is not a regular expression that is supported: {fault.Message}");
        }
    }
}
