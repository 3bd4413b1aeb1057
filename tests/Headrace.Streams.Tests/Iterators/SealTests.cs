using CsCheck;
using Headrace.Streams.Iterators;

namespace Headrace.Streams.Tests.Iterators;

public class SealTests
{
    private readonly Seal _seal = new(new byte[32]);

    [Fact]
    public void Opens_what_it_closed() => Gen.Byte.Array[0, 100].Sample(content => _seal.Open(_seal.Close(content))!.SequenceEqual(content));

    [Fact]
    public void Opens_nothing_that_was_changed() => Gen.Select(Gen.Byte.Array[1, 60], Gen.Int[0, 1000], Gen.Int[1, 255]).Sample((content, at, flip) =>
    {
        var bytes = Convert.FromBase64String(_seal.Close(content));
        bytes[at % bytes.Length] ^= (byte)flip;
        return _seal.Open(Convert.ToBase64String(bytes)) is null;
    });

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64 at all")]
    public void Opens_no_other_text(string text) => _seal.Open(text).ShouldBeNull();

    [Fact]
    public void Opens_nothing_of_another_directory() => new Seal([1, .. new byte[31]]).Open(_seal.Close([1, 2, 3])).ShouldBeNull();
}
