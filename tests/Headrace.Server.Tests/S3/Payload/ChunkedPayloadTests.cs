using System.Text;
using CsCheck;
using Headrace.Server.S3;
using Headrace.Server.S3.Payload;

namespace Headrace.Server.Tests.S3.Payload;

public class ChunkedPayloadTests
{
    private static readonly byte[] Letters = Encoding.ASCII.GetBytes(new string('a', 65 * 1024));
    private static readonly (string, string) Encoded = ("Content-Encoding", "aws-chunked");
    private static readonly (string, string) Announced = ("x-amz-trailer", "x-amz-checksum-crc32c");
    private static readonly (string Name, string Value) Checksum = ("x-amz-checksum-crc32c", "sOO8/Q==");

    [Fact]
    public async Task The_signed_upload_of_the_documentation_is_accepted()
    {
        var wire = Concat(
            "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n", new string('a', 65536),
            "\r\n400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n", new string('a', 1024),
            "\r\n0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n");
        wire.Length.ShouldBe(66824);
        var payload = RequestPayload.Open(
            Upload.Request(wire, Upload.Signed, Encoded, ("x-amz-decoded-content-length", "66560")),
            Upload.Seed("4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"));
        payload.Length.ShouldBe(66560);
        payload.ContentEncoding.ShouldBeNull();
        (await Upload.ReadAsync(payload)).ShouldBe(Letters);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n\r\n")]
    public async Task The_signed_trailer_of_the_documentation_is_accepted(string lineEnd)
    {
        var wire = Concat(
            "10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2\r\n", new string('a', 65536),
            "\r\n400;chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7\r\n", new string('a', 1024),
            "\r\n0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n",
            $"x-amz-checksum-crc32c:sOO8/Q=={lineEnd}",
            "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n");
        var payload = RequestPayload.Open(
            Upload.Request(wire, Upload.SignedTrailer, Encoded, Announced, ("x-amz-decoded-content-length", "66560")),
            Upload.Seed("106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e"));
        (await Upload.ReadAsync(payload)).ShouldBe(Letters);
        payload.Trailers.ShouldBe(new Dictionary<string, string> { ["x-amz-checksum-crc32c"] = "sOO8/Q==" });
    }

    [Fact]
    public Task Any_body_in_any_chunks_decodes_to_itself_however_it_is_read() =>
        Gen.Select(Gen.Byte.Array[0, 3000], Gen.Int[1, 1500].Array[1, 5], Gen.Int[1, 2000].Array[1, 4], Gen.Int[1, 700], Gen.Bool, Gen.Bool)
            .SampleAsync(async (body, chunks, reads, arrivals, signed, trailer) =>
            {
                var seed = signed ? Upload.Seed(new string('5', 64)) : null;
                var sizes = Enumerable.Repeat(chunks, body.Length + 1).SelectMany(size => size);
                var wire = Upload.Chunked(body, sizes, seed, trailer ? [Checksum] : []);
                var mode = (signed, trailer) switch { (true, true) => Upload.SignedTrailer, (true, false) => Upload.Signed, _ => Upload.UnsignedTrailer };
                var request = Upload.Request(wire, mode, trailer ? [Encoded, Announced] : [Encoded]);
                request.Body = new SlowArrival(wire, arrivals);
                var payload = RequestPayload.Open(request, seed);
                (await Upload.ReadAsync(payload, reads)).ShouldBe(body);
                payload.Trailers.Count.ShouldBe(trailer ? 1 : 0);
            }, iter: 300);

    [Fact]
    public Task Every_changed_byte_of_a_signed_upload_is_refused() =>
        Gen.Select(Gen.Byte.Array[0, 600], Gen.Int[1, 300].Array[1, 3], Gen.Bool, Gen.Int[0, 1_000_000], Gen.Byte[1, 255])
            .SampleAsync(async (body, chunks, trailer, place, change) =>
            {
                var seed = Upload.Seed(new string('7', 64));
                var wire = Upload.Chunked(body, Enumerable.Repeat(chunks, body.Length + 1).SelectMany(size => size), seed, trailer ? [Checksum] : []);
                var at = place % wire.Length;
                var before = wire[at];
                wire[at] ^= change;
                var request = trailer ? Upload.Request(wire, Upload.SignedTrailer, Encoded, Announced) : Upload.Request(wire, Upload.Signed, Encoded);
                try
                {
                    var read = await Upload.ReadAsync(RequestPayload.Open(request, seed));
                    // Sizes and trailers' names mean the same in either case of their letters; nothing else may pass.
                    (char.IsAsciiLetter((char)before) && (wire[at] ^ before) == 0x20 && read.SequenceEqual(body)).ShouldBeTrue($"byte {at}, {before} to {wire[at]}, passed");
                }
                catch (S3Exception refused)
                {
                    refused.Status.ShouldBeInRange(400, 403);
                }
            }, iter: 3000);

    [Fact]
    public async Task A_later_byte_of_a_failed_body_fails_too()
    {
        var payload = RequestPayload.Open(Upload.Request("zz\r\n"u8.ToArray(), Upload.UnsignedTrailer, Encoded), null);
        for (var i = 0; i < 2; i++)
            (await Should.ThrowAsync<S3Exception>(() => Upload.ReadAsync(payload))).Code.ShouldBe("InvalidChunkSizeError");
    }

    [Theory]
    [InlineData("5\r\nhello\r\n0\r\n\r\n", null)]
    [InlineData("5\r\nhello\r\n0\r\nx-amz-checksum-crc32c:sOO8/Q==\r\n\r\n", "MalformedTrailerError")]
    [InlineData("5\r\nhello\r\n0\r\n\r\nmore", "IncompleteBody")]
    [InlineData("5\r\nhello\r\n0\r\n", "IncompleteBody")]
    [InlineData("5\r\nhello\r\n", "IncompleteBody")]
    [InlineData("5\r\nhel", "IncompleteBody")]
    [InlineData("5\r\nhelloo\r\n0\r\n\r\n", "IncompleteBody")]
    [InlineData("6\r\nhelloo\r\n0\r\n\r\n", "IncompleteBody")]
    [InlineData("4\r\nhell\r\n0\r\n\r\n", "IncompleteBody")]
    [InlineData("", "IncompleteBody")]
    [InlineData("hello", "IncompleteBody")]
    [InlineData("-5\r\nhello\r\n0\r\n\r\n", "InvalidChunkSizeError")]
    [InlineData("ffffffffffffffff\r\nhello\r\n0\r\n\r\n", "InvalidChunkSizeError")]
    [InlineData("10000000000000000\r\nhello\r\n0\r\n\r\n", "InvalidChunkSizeError")]
    public async Task Unsigned_chunks_are_as_long_as_they_say(string wire, string? error)
    {
        var request = Upload.Request(Encoding.ASCII.GetBytes(wire), Upload.UnsignedTrailer, Encoded, ("x-amz-decoded-content-length", "5"));
        request.ContentLength = null;
        if (error is null)
            (await Upload.ReadAsync(RequestPayload.Open(request, null))).ShouldBe("hello"u8.ToArray());
        else
            (await Upload.FailureAsync(request)).Code.ShouldBe(error);
    }

    [Theory]
    [InlineData("0\r\n\r\n")]
    [InlineData("0\r\nx-amz-checksum-crc32c\r\n\r\n")]
    [InlineData("0\r\nx-amz-checksum-crc32c:a\r\nx-amz-checksum-crc32c:a\r\n\r\n")]
    [InlineData("0\r\nx-amz-checksum-crc32c:a\r\nx-amz-meta-more:a\r\n\r\n")]
    [InlineData("0\r\nx-amz-trailer-signature:a\r\nx-amz-checksum-crc32c:a\r\n\r\n")]
    public async Task Trailers_are_those_announced(string wire) =>
        (await Upload.FailureAsync(Upload.Request(Encoding.ASCII.GetBytes(wire), Upload.UnsignedTrailer, Encoded, Announced))).Code.ShouldBe("MalformedTrailerError");

    [Fact]
    public async Task Endless_framing_is_refused()
    {
        var header = Upload.Request(Encoding.ASCII.GetBytes(new string('0', 100_000)), Upload.UnsignedTrailer, Encoded);
        (await Upload.FailureAsync(header)).Code.ShouldBe("InvalidChunkSizeError");
        var trailer = Upload.Request(Encoding.ASCII.GetBytes("0\r\nx-amz-checksum-crc32c:" + new string('0', 100_000)), Upload.UnsignedTrailer, Encoded, Announced);
        (await Upload.FailureAsync(trailer)).Code.ShouldBe("MalformedTrailerError");
    }

    [Fact]
    public async Task Chunk_signatures_are_ignored_without_keys()
    {
        var wire = Upload.Chunked("hello"u8.ToArray(), [3, 2], Upload.Seed(new string('1', 64)), Checksum);
        var request = Upload.Request(wire, Upload.SignedTrailer, Encoded, Announced);
        (await Upload.ReadAsync(RequestPayload.Open(request, null))).ShouldBe("hello"u8.ToArray());
    }

    private static byte[] Concat(params string[] parts) => Encoding.ASCII.GetBytes(string.Concat(parts));
}
