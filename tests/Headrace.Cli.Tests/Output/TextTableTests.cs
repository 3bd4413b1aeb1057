using Headrace.Cli.Output;

namespace Headrace.Cli.Tests.Output;

public sealed class TextTableTests
{
    [Fact]
    public void Columns_line_up()
    {
        var table = new TextTable("name", "count");
        table.AddRow("USA", "1,000");
        table.AddRow("International", "7");
        table.Lines().ShouldBe(
        [
            "name           count",
            "─────────────  ─────",
            "USA            1,000",
            "International      7",
        ]);
    }
}
