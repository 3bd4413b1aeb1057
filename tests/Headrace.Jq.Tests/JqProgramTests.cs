using System.Text;
using CsCheck;

namespace Headrace.Jq.Tests;

public sealed class JqProgramTests
{
    private static readonly byte[] Signs = [.. "{}[]\",:0123456789.eE+-tfn\\u "u8];

    private readonly JqOutputs _outputs = new();

    [Fact]
    public void One_input_gives_any_number_of_outputs()
    {
        using var program = JqProgram.Compile(".[] | {n: .}");

        program.Run("[1,\"zwei\",null]"u8, _outputs).ShouldBeNull();
        Texts().ShouldBe(["""{"n":1}""", """{"n":"zwei"}""", """{"n":null}"""]);
        program.Run("[]"u8, _outputs).ShouldBeNull();
        _outputs.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(".a.b", """{"a":1}""", "Cannot index number with string \"b\"")]
    [InlineData("error(\"no such country\")", "1", "no such country")]
    [InlineData("error({code: 7})", "1", "(not a string): {\"code\":7}")]
    [InlineData("\"bad\\u0000byte\" | error", "1", "bad\0byte")]
    [InlineData("halt_error", "\"stopped\"", "halt_error: stopped")]
    [InlineData("{a: 1} | halt_error(3)", "1", "halt_error: {\"a\":1}")]
    public void What_a_program_says_of_its_failure_is_told(string filter, string input, string message)
    {
        using var program = JqProgram.Compile(filter);

        program.Run(Encoding.UTF8.GetBytes(input), _outputs).ShouldBe(new JqFault(JqStage.Program, message));
    }

    [Fact]
    public void Outputs_before_a_failure_are_there_and_the_next_run_starts_afresh()
    {
        using var program = JqProgram.Compile("1, (if . == 0 then error(\"zero\") else 2 end), 3");

        program.Run("0"u8, _outputs)!.Message.ShouldBe("zero");
        Texts().ShouldBe(["1"]);
        program.Run("5"u8, _outputs).ShouldBeNull();
        Texts().ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public void Halt_ends_one_run_and_not_the_program()
    {
        using var program = JqProgram.Compile("1, halt, 2");

        for (var i = 0; i < 3; i++)
        {
            program.Run("null"u8, _outputs).ShouldBeNull();
            Texts().ShouldBe(["1"]);
        }
    }

    [Theory]
    [InlineData("", "the input is empty")]
    [InlineData("  ", "the input is empty")]
    [InlineData("{", "Unfinished JSON term")]
    [InlineData("{} {}", "more than one JSON text")]
    [InlineData("{} x", "Invalid numeric literal at EOF at line 1, column 4")]
    [InlineData("no json", "Invalid literal at line 1, column 3")]
    [InlineData("\"open", "Unfinished string")]
    public void What_is_not_one_JSON_text_is_refused(string input, string message)
    {
        using var program = JqProgram.Compile(".");

        var fault = program.Run(Encoding.UTF8.GetBytes(input), _outputs)!;
        fault.Stage.ShouldBe(JqStage.Input);
        fault.Message.ShouldContain(message);
        _outputs.Count.ShouldBe(0);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused_and_not_replaced()
    {
        using var program = JqProgram.Compile(".");

        program.Run([(byte)'"', 0xff, (byte)'"'], _outputs).ShouldBe(new JqFault(JqStage.Input, "the input is not valid UTF-8"));
    }

    [Fact]
    public void An_input_may_nest_as_deep_as_jq_allows_and_no_deeper()
    {
        using var program = JqProgram.Compile(".");
        byte[] Nested(int depth) => [.. Enumerable.Repeat((byte)'[', depth), .. Enumerable.Repeat((byte)']', depth)];

        program.Run(Nested(256), _outputs).ShouldBeNull();
        _outputs[0].ToArray().ShouldBe(Nested(256));
        program.Run(Nested(100_000), _outputs)!.Message.ShouldContain("Exceeds depth limit");
    }

    [Fact]
    public void An_output_that_nests_deeper_than_jq_writes_is_a_failure_and_not_cut()
    {
        using var program = JqProgram.Compile("reduce range(.) as $i (0; [.])");

        program.Run("200"u8, _outputs).ShouldBeNull();
        program.Run("400"u8, _outputs)!.Stage.ShouldBe(JqStage.Output);
        program.Run("20000"u8, _outputs)!.Stage.ShouldBe(JqStage.Output);
        using var marker = JqProgram.Compile("\"<stripped: exceeds max depth>\"");
        marker.Run("0"u8, _outputs).ShouldBeNull();
    }

    [Fact]
    public void Numbers_are_doubles_as_in_jq()
    {
        using var program = JqProgram.Compile(".");

        program.Run("[1e1000,9007199254740993,0.1,-0]"u8, _outputs).ShouldBeNull();
        Texts().ShouldBe(["[1.7976931348623157e+308,9007199254740992,0.1,-0]"]);
    }

    [Theory]
    [InlineData(".a |", "syntax error, unexpected $end at <top-level>, line 1")]
    [InlineData("foo", "foo/0 is not defined at <top-level>, line 1")]
    [InlineData("# why\n.a | $nothing", "$nothing is not defined at <top-level>, line 2")]
    [InlineData(".\0", "U+0000")]
    [InlineData("import \"m\" as m; .", "module not found: m")]
    public void A_filter_that_does_not_compile_is_refused_in_jqs_words(string filter, string message) =>
        Should.Throw<JqSyntaxException>(() => JqProgram.Compile(filter)).Message.ShouldContain(message);

    [Fact]
    public void Random_bytes_are_answered_whatever_they_are()
    {
        using var program = JqProgram.Compile(".. | tostring");
        Gen.OneOf(Gen.Byte, Gen.Int[0, Signs.Length - 1].Select(index => Signs[index])).Array[0, 60].Sample(bytes =>
        {
            program.Run(bytes, _outputs);
        }, iter: 20_000, threads: 1);
    }

    [Fact]
    public void Memory_is_given_back()
    {
        using var program = JqProgram.Compile("[range(200)] as $r | $r, (. + $r), (if length > 2 then error({a: $r}) else halt end)");
        void RunMany(int count)
        {
            for (var i = 0; i < count; i++)
            {
                program.Run("[1,2,3,[\"some text of a record\"]]"u8, _outputs);
                program.Run("[1]"u8, _outputs);
                program.Run("[1,2"u8, _outputs);
                program.Run("[1] [2]"u8, _outputs);
                program.Run("[1] ["u8, _outputs);
            }
        }

        RunMany(500);
        var before = Environment.WorkingSet;
        RunMany(10_000);
        // Every run's values together are over 100 MB.
        (Environment.WorkingSet - before).ShouldBeLessThan(40 << 20);
    }

    [Fact]
    public void Compiling_and_disposing_gives_memory_back_too()
    {
        for (var i = 0; i < 5; i++)
            JqProgram.Compile(".").Dispose();
        var before = Environment.WorkingSet;
        for (var i = 0; i < 40; i++)
        {
            JqProgram.Compile(".a").Dispose();
            Should.Throw<JqSyntaxException>(() => JqProgram.Compile(".a |"));
        }
        // One program takes more than a megabyte.
        (Environment.WorkingSet - before).ShouldBeLessThan(30 << 20);
    }

    [Fact]
    public void A_disposed_program_is_not_run()
    {
        var program = JqProgram.Compile(".");
        program.Dispose();
        program.Dispose();
        Should.Throw<ObjectDisposedException>(() => program.Run("1"u8, _outputs));
    }

    [Fact]
    public void A_run_allocates_nothing_managed()
    {
        using var program = JqProgram.Compile("{a, b: (.b + 1)}");
        for (var i = 0; i < 100; i++)
            program.Run("{\"a\":\"x\",\"b\":1}"u8, _outputs);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            program.Run("{\"a\":\"x\",\"b\":1}"u8, _outputs);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private List<string> Texts() => [.. Enumerable.Range(0, _outputs.Count).Select(i => Encoding.UTF8.GetString(_outputs[i].Span))];
}
