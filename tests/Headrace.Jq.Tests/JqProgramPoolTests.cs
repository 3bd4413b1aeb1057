using System.Text;

namespace Headrace.Jq.Tests;

public sealed class JqProgramPoolTests
{
    [Fact]
    public void Many_threads_run_one_filter_at_the_same_time()
    {
        using var pool = new JqProgramPool("{n: .n, m: ([range(20)] | map(. * 2) | add), t: (.s | test(\"^x[0-9]+$\"))}");
        Parallel.For(0, 4000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, () => new JqOutputs(), (i, _, outputs) =>
        {
            var program = pool.Rent();
            program.Run(Encoding.UTF8.GetBytes($$"""{"n":{{i}},"s":"x{{i}}"}"""), outputs).ShouldBeNull();
            Encoding.UTF8.GetString(outputs[0].Span).ShouldBe($$"""{"n":{{i}},"m":380,"t":true}""");
            pool.Return(program);
            return outputs;
        }, _ => { });
    }

    [Fact]
    public void A_program_is_used_again_and_goes_with_the_pool()
    {
        var pool = new JqProgramPool(".");
        var first = pool.Rent();
        pool.Return(first);
        pool.Rent().ShouldBeSameAs(first);
        pool.Dispose();
        pool.Return(first);

        Should.Throw<ObjectDisposedException>(pool.Rent);
        Should.Throw<ObjectDisposedException>(() => first.Run("1"u8, new JqOutputs()));
    }

    [Fact]
    public void A_filter_that_does_not_compile_is_refused_at_once() => Should.Throw<JqSyntaxException>(() => new JqProgramPool("nonsense("));
}
