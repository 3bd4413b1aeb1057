using Headrace.Cli.Streams;

namespace Headrace.Cli.Tests.Streams;

public sealed class HashKeysTests
{
    [Theory]
    [InlineData("0", "340282366920938463463374607431768211455", "170141183460469231731687303715884105728")]
    [InlineData("0", "1", "1")]
    [InlineData("10", "12", "11")]
    public void The_middle_begins_the_upper_half(string starting, string ending, string middle) => HashKeys.Middle(starting, ending).ShouldBe(middle);
}
