using System.Security.Cryptography;
using Headrace.Server.S3;
using Headrace.Server.S3.Payload;
using Microsoft.AspNetCore.Http;

namespace Headrace.Server.Tests.S3.Payload;

public class RequestPayloadTests
{
    private static readonly byte[] Hello = "hello"u8.ToArray();

    [Theory]
    [InlineData(null)]
    [InlineData("UNSIGNED-PAYLOAD")]
    [InlineData("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")]
    [InlineData("2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824")]
    public async Task A_plain_body_is_itself(string? sha256)
    {
        var payload = RequestPayload.Open(Upload.Request(Hello, sha256), null);
        payload.Length.ShouldBe(5);
        (await Upload.ReadAsync(payload, 2)).ShouldBe(Hello);
        payload.Trailers.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_body_than_the_hash_promises_is_refused()
    {
        var failure = await Upload.FailureAsync(Upload.Request("jello"u8.ToArray(), Convert.ToHexString(SHA256.HashData(Hello))));
        failure.Status.ShouldBe(400);
        failure.Code.ShouldBe("XAmzContentSHA256Mismatch");
        failure.Message.ShouldBe("The provided 'x-amz-content-sha256' header does not match what was computed.");
        failure.Details.ShouldContain(("ClientComputedContentSHA256", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"));
    }

    [Fact]
    public async Task The_hash_may_stand_in_a_presigned_query()
    {
        var request = Upload.Request("jello"u8.ToArray(), null);
        request.QueryString = new QueryString("?X-Amz-Content-Sha256=2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        (await Upload.FailureAsync(request)).Code.ShouldBe("XAmzContentSHA256Mismatch");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task A_plain_body_has_the_length_that_was_promised(int length)
    {
        var request = Upload.Request(Hello, null);
        request.ContentLength = length;
        (await Upload.FailureAsync(request)).Code.ShouldBe("IncompleteBody");
    }

    [Fact]
    public async Task A_body_without_a_length_is_read_to_its_end()
    {
        var request = Upload.Request(Hello, null);
        request.ContentLength = null;
        var payload = RequestPayload.Open(request, null);
        payload.Length.ShouldBeNull();
        (await Upload.ReadAsync(payload)).ShouldBe(Hello);
    }

    [Theory]
    [InlineData("aws-chunked", null)]
    [InlineData("aws-chunked,gzip", "gzip")]
    [InlineData("gzip, AWS-CHUNKED , br", "gzip,br")]
    [InlineData("gzip", "gzip")]
    [InlineData("", null)]
    public async Task The_objects_own_encoding_stays(string sent, string? kept)
    {
        var payload = RequestPayload.Open(Upload.Request(Hello, null, ("Content-Encoding", sent)), null);
        payload.ContentEncoding.ShouldBe(kept);
        (await Upload.ReadAsync(payload)).ShouldBe(Hello);
    }

    [Fact]
    public async Task An_unsigned_request_may_be_chunked_too()
    {
        var request = Upload.Request(Upload.Chunked(Hello, [5], null), null, ("Content-Encoding", "aws-chunked"), ("x-amz-decoded-content-length", "5"));
        (await Upload.ReadAsync(RequestPayload.Open(request, null))).ShouldBe(Hello);
    }

    [Theory]
    [InlineData("abc", "", "", "InvalidArgument")]
    [InlineData("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD", "5", "", "NotImplemented")]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "5", "x-amz-checksum-crc32", "InvalidRequest")]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", "-5", "", "InvalidArgument")]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", "6", "", "IncompleteBody")]
    [InlineData("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", "5", "", "InvalidRequest")]
    public void Headers_that_contradict_each_other_are_refused(string sha256, string decodedLength, string trailer, string error)
    {
        var request = Upload.Request(Hello, sha256, ("Content-Encoding", "aws-chunked"));
        if (decodedLength.Length > 0)
            request.Headers["x-amz-decoded-content-length"] = decodedLength;
        if (trailer.Length > 0)
            request.Headers["x-amz-trailer"] = trailer;
        Should.Throw<S3Exception>(() => RequestPayload.Open(request, null)).Code.ShouldBe(error);
    }

    public static TheoryData<Exception, string> BrokenUploads => new()
    {
        { new IOException("reset"), "IncompleteBody" },
        { new BadHttpRequestException("Unexpected end of request content."), "IncompleteBody" },
        { new BadHttpRequestException("too slow", StatusCodes.Status408RequestTimeout), "RequestTimeout" },
        { new BadHttpRequestException("too large", StatusCodes.Status413PayloadTooLarge), "EntityTooLarge" },
    };

    [Theory]
    [MemberData(nameof(BrokenUploads))]
    public async Task A_broken_upload_is_told_as_S3_tells_it(Exception broken, string error)
    {
        var request = Upload.Request(Hello, null);
        request.Body = new SlowArrival(Hello, 2, broken);
        var failure = await Upload.FailureAsync(request);
        failure.Code.ShouldBe(error);
        failure.Status.ShouldBe(400);
        failure.InnerException.ShouldBe(broken);
    }
}
