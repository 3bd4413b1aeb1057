using System.Text;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Serve.Programs;

namespace Headrace.Cli.Tests.Serve;

public class PipelineProgramTests
{
    [Fact]
    public async Task Records_are_lines_and_lines_are_records()
    {
        using var program = new PipelineProgram("clean", ["jq", "-c", "--unbuffered", """if .n == 1 then [{n: 10}, {n: 11}] elif .n == 2 then null elif .n == 3 then {"$error": "odd"} else . end"""]);

        var answers = await program.AskAsync([.. new[] { """{"n":1}""", """{"n":2}""", """{"n":3}""", "{\n \"n\":4}" }.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))], TestContext.Current.CancellationToken);

        answers.Select(answer => string.Join('|', answer.Records.Select(record => Encoding.UTF8.GetString(record.Span)))).ShouldBe(["""{"n":10}|{"n":11}""", "", "", """{"n":4}"""]);
        answers.Select(answer => answer.Fault).ShouldBe([null, null, "odd", null]);
    }

    [Fact]
    public async Task A_program_that_can_t_be_started_is_no_record_s_fault()
    {
        using var program = new PipelineProgram("clean", ["/nonexistent/program"]);
        await Should.ThrowAsync<IOException>(() => program.AskAsync([Encoding.UTF8.GetBytes("{}")], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_program_has_a_name_and_a_command()
    {
        ProgramValue.Parse("clean=python3  clean.py a=b").Value.ShouldBe(["python3", "clean.py", "a=b"]);
        foreach (var wrong in new[] { "clean", "clean=", "=python3", "clean= " })
            Should.Throw<UsageException>(() => ProgramValue.Parse(wrong));
    }
}
