using System.Text;
using Headrace.Cli.CommandLine;
using Headrace.Cli.Records;

namespace Headrace.Cli.Tests.Records;

public sealed class PartitionKeysTests
{
    [Fact]
    public void The_session_id_is_the_key_by_default() =>
        new PartitionKeys(null, null).Of(Record("""{"nested":{"session_id":"no"},"session_id":"a\u00e41"}""")).ShouldBe("aä1");

    [Theory]
    [InlineData("""{"x":1}""")]
    [InlineData("[1]")]
    [InlineData("""{"session_id":null}""")]
    [InlineData("""{"session_id":""}""")]
    public void Without_a_session_id_the_key_is_random(string record)
    {
        var keys = new PartitionKeys(null, null);
        keys.Of(Record(record)).ShouldNotBe(keys.Of(Record(record)));
    }

    [Fact]
    public void A_fixed_key_wins() => new PartitionKeys("k", null).Of(Record("""{"session_id":"a"}""")).ShouldBe("k");

    [Theory]
    [InlineData("""{"id":7}""", "7")]
    [InlineData("""{"id":"x"}""", "x")]
    [InlineData("""{"id":[1, 2]}""", "[1, 2]")]
    public void A_named_member_gives_the_key(string record, string key) => new PartitionKeys(null, "id").Of(Record(record)).ShouldBe(key);

    [Fact]
    public void A_record_without_the_named_member_is_told_by_number() =>
        Should.Throw<CommandFailedException>(() => new PartitionKeys(null, "id").Of(Record("{}"))).Message.ShouldContain("record 3");

    private static RecordLine Record(string json) => new(3, Encoding.UTF8.GetBytes(json));
}
