using Headrace.Server.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;

namespace Headrace.Server.Tests.Signing;

public class SignatureVerifierTests
{
    private const string Endpoint = "http://127.0.0.1:4566";

    private static readonly byte[] Body = """{"StreamName":"s"}"""u8.ToArray();
    private static readonly (string, string) Target = ("X-Amz-Target", "Kinesis_20131202.DescribeStream");

    private readonly SignedRequests _requests = new();

    [Fact]
    public void The_get_of_S3s_documentation_is_accepted()
    {
        var request = SignedRequests.Request(
            "GET",
            "http://examplebucket.s3.amazonaws.com/test.txt",
            ("Range", "bytes=0-9"),
            ("x-amz-date", "20130524T000000Z"),
            ("x-amz-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("Authorization", "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"));
        var signature = _requests.Verifier.VerifyS3(request);
        signature.AccessKeyId.ShouldBe(SignedRequests.AccessKey);
        signature.Region.ShouldBe("us-east-1");
        signature.Scope.ShouldBe("20130524/us-east-1/s3/aws4_request");
        signature.Timestamp.ShouldBe("20130524T000000Z");
        signature.Signature.ShouldBe("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    [Fact]
    public void The_put_of_S3s_documentation_is_accepted()
    {
        var request = SignedRequests.Request(
            "PUT",
            "http://examplebucket.s3.amazonaws.com/test%24file.text",
            ("Date", "Fri, 24 May 2013 00:00:00 GMT"),
            ("x-amz-date", "20130524T000000Z"),
            ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
            ("x-amz-content-sha256", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"),
            ("Authorization", "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"));
        _requests.Verifier.VerifyS3(request).Signature.ShouldStartWith("98ad7217");
    }

    [Fact]
    public void The_presigned_url_of_S3s_documentation_is_accepted_for_a_day()
    {
        const string url = "http://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
        _requests.Clock.Advance(TimeSpan.FromDays(1));
        _requests.Verifier.VerifyS3(SignedRequests.Request("GET", url)).AccessKeyId.ShouldBe(SignedRequests.AccessKey);
        _requests.Clock.Advance(TimeSpan.FromSeconds(1));
        Fault(() => _requests.Verifier.VerifyS3(SignedRequests.Request("GET", url))).ShouldBe(SignatureFault.Expired);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/bucket/a%20b/%C3%A9%2B%27%28x%29~_-.txt")]
    [InlineData("/bucket//a/./b%2520c")]
    [InlineData("/bucket?list-type=2&prefix=a%20b%2Fc%26d&delimiter=%2F&start-after=")]
    [InlineData("/bucket/key?uploads")]
    [InlineData("/bucket?b=2&a=2&a=1&a-b=0&A=x%2By")]
    public void S3_requests_are_accepted_in_header_and_query(string target)
    {
        var url = Endpoint + target;
        _requests.Verifier.VerifyS3(_requests.Sign("PUT", url, "s3", Body, headers: ("x-amz-meta-note", "  two   words "))).Region.ShouldBe("us-east-1");
        _requests.Verifier.VerifyS3(_requests.Presign("GET", url, "s3", TimeSpan.FromMinutes(5))).AccessKeyId.ShouldBe(SignedRequests.AccessKey);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/?Action=GetCallerIdentity&Version=2011-06-15")]
    [InlineData("/streams/a%20b%2Fc")]
    public void Requests_to_other_services_are_accepted(string target)
    {
        var request = _requests.Sign("POST", Endpoint + target, "kinesis", Body, headers: [Target, ("Content-Type", "application/x-amz-json-1.1")]);
        _requests.Verifier.Verify(request, "kinesis", Body).Scope.ShouldBe("20130524/us-east-1/kinesis/aws4_request");
    }

    [Theory]
    [InlineData("http://127.0.0.1:4566/b/k?c=d", "/b/k?c=d")]
    [InlineData("http://127.0.0.1:4566", "/")]
    public void A_target_may_be_sent_with_its_host(string absolute, string target)
    {
        var request = _requests.Sign("GET", Endpoint + target, "s3", []);
        request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = absolute;
        _requests.Verifier.VerifyS3(request).AccessKeyId.ShouldBe(SignedRequests.AccessKey);
    }

    public static TheoryData<string, Action<HttpRequest>> Alterations => new()
    {
        { "method", request => request.Method = "PUT" },
        { "host", request => request.Host = new HostString("elsewhere:4566") },
        { "target", request => request.Headers["X-Amz-Target"] = "Kinesis_20131202.DeleteStream" },
        { "content type", request => request.ContentType = "text/plain" },
        { "signed header removed", request => request.Headers.Remove("Content-Type") },
        { "time", request => request.Headers["X-Amz-Date"] = "20130524T000001Z" },
        { "region", request => request.Headers.Authorization = request.Headers.Authorization.ToString().Replace("us-east-1", "eu-west-1", StringComparison.Ordinal) },
        { "signature", request => request.Headers.Authorization = request.Headers.Authorization.ToString()[..^1] + (request.Headers.Authorization.ToString()[^1] == 'a' ? 'b' : 'a') },
        { "short signature", request => request.Headers.Authorization = request.Headers.Authorization.ToString()[..^1] },
        { "query", request => request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/?a=b" },
        { "path", request => request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/a" },
    };

    [Theory]
    [MemberData(nameof(Alterations))]
    public void An_altered_request_is_refused(string what, Action<HttpRequest> alter)
    {
        var request = _requests.Sign("POST", Endpoint + "/", "kinesis", Body, headers: [Target, ("Content-Type", "application/x-amz-json-1.1")]);
        _requests.Verifier.Verify(request, "kinesis", Body);
        alter(request);
        Fault(() => _requests.Verifier.Verify(request, "kinesis", Body)).ShouldBe(SignatureFault.Mismatch, what);
    }

    [Fact]
    public void An_altered_body_is_refused_and_so_is_a_wrong_secret()
    {
        Fault(() => _requests.Verifier.Verify(_requests.Sign("POST", Endpoint, "kinesis", Body), "kinesis", "{}"u8)).ShouldBe(SignatureFault.Mismatch);
        Fault(() => _requests.Verifier.Verify(_requests.Sign("POST", Endpoint, "kinesis", Body, "other"), "kinesis", Body)).ShouldBe(SignatureFault.Mismatch);
    }

    [Fact]
    public void A_mismatch_says_what_should_have_been_signed()
    {
        var request = _requests.Sign("POST", Endpoint, "kinesis", Body, "other", Target);
        var refusal = Should.Throw<SignatureException>(() => _requests.Verifier.Verify(request, "kinesis", Body));
        refusal.Expected!.Text.ShouldStartWith("POST\n/\n\n");
        refusal.Expected.Text.ShouldContain("\nhost:127.0.0.1:4566\n");
        refusal.Expected.StringToSign.ShouldStartWith("AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/kinesis/aws4_request\n");
    }

    [Theory]
    [InlineData(15, null)]
    [InlineData(-15, null)]
    [InlineData(16, "Signature expired: 20130524T000000Z is now earlier than 20130524T000100Z (20130524T001600Z - 15 min.)")]
    [InlineData(-16, "Signature not yet current: 20130524T000000Z is still later than 20130523T235900Z (20130523T234400Z + 15 min.)")]
    public void Clocks_may_be_a_quarter_of_an_hour_apart(int minutes, string? error)
    {
        var request = _requests.Sign("POST", Endpoint, "kinesis", Body);
        var clock = new FakeTimeProvider(_requests.SignedAt.AddMinutes(minutes));
        var verifier = new SignatureVerifier(new Dictionary<string, string> { [SignedRequests.AccessKey] = SignedRequests.Secret }, clock);
        if (error is null)
        {
            verifier.Verify(request, "kinesis", Body);
            return;
        }
        var refusal = Should.Throw<SignatureException>(() => verifier.Verify(request, "kinesis", Body));
        refusal.Fault.ShouldBe(SignatureFault.ClockSkew);
        refusal.Message.ShouldBe(error);
    }

    [Fact]
    public void A_presigned_request_is_not_valid_before_its_time()
    {
        var request = _requests.Presign("GET", Endpoint + "/b/k", "s3", TimeSpan.FromDays(7));
        var verifier = new SignatureVerifier(
            new Dictionary<string, string> { [SignedRequests.AccessKey] = SignedRequests.Secret },
            new FakeTimeProvider(_requests.SignedAt.AddHours(-1)));
        Fault(() => verifier.VerifyS3(request)).ShouldBe(SignatureFault.NotYetValid);
    }

    [Theory]
    [InlineData("604801", nameof(SignatureFault.InvalidExpiry))]
    [InlineData("-1", nameof(SignatureFault.InvalidExpiry))]
    [InlineData("soon", nameof(SignatureFault.InvalidExpiry))]
    [InlineData("", nameof(SignatureFault.IncompleteQuery))]
    [InlineData("604800", nameof(SignatureFault.Mismatch))]
    public void A_presigned_request_lives_a_week_at_most(string expires, string fault)
    {
        var request = _requests.Presign("GET", Endpoint + "/b/k", "s3", TimeSpan.FromMinutes(5));
        var altered = request.QueryString.Value!.Replace("X-Amz-Expires=300", $"X-Amz-Expires={expires}", StringComparison.Ordinal);
        Fault(() => _requests.Verifier.VerifyS3(SignedRequests.Request("GET", Endpoint + "/b/k" + altered))).ToString().ShouldBe(fault);
    }

    [Theory]
    [InlineData("x-amz-acl", "public-read")]
    [InlineData("X-Amz-Copy-Source", "/other/secret")]
    public void Amazons_headers_must_all_be_signed(string name, string value)
    {
        foreach (var request in new[] { _requests.Sign("PUT", Endpoint + "/b/k", "s3", Body), _requests.Presign("PUT", Endpoint + "/b/k", "s3", TimeSpan.FromMinutes(5)) })
        {
            request.Headers[name] = value;
            Should.Throw<SignatureException>(() => _requests.Verifier.VerifyS3(request)).UnsignedHeader.ShouldBe(name, StringCompareShould.IgnoreCase);
        }
    }

    [Fact]
    public void A_presigned_put_may_state_its_bodys_hash()
    {
        var request = _requests.Presign("PUT", Endpoint + "/b/k", "s3", TimeSpan.FromMinutes(5));
        request.Headers["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD";
        _requests.Verifier.VerifyS3(request).AccessKeyId.ShouldBe(SignedRequests.AccessKey);
    }

    [Fact]
    public void A_signature_is_for_one_service_and_one_day()
    {
        Fault(() => _requests.Verifier.Verify(_requests.Sign("POST", Endpoint, "firehose", Body), "kinesis", Body)).ShouldBe(SignatureFault.WrongScope);
        var request = _requests.Sign("POST", Endpoint, "kinesis", Body);
        request.Headers.Authorization = request.Headers.Authorization.ToString().Replace("/20130524/", "/20130523/", StringComparison.Ordinal);
        Fault(() => _requests.Verifier.Verify(request, "kinesis", Body)).ShouldBe(SignatureFault.WrongScope);
    }

    [Theory]
    [InlineData("", nameof(SignatureFault.Missing))]
    [InlineData("AWS AKIAIOSFODNN7EXAMPLE:frJIUN8DYpKDtOLCwo//yllqDzg=", nameof(SignatureFault.UnsupportedAlgorithm))]
    [InlineData("AWS4-ECDSA-P256-SHA256 Credential=a/20130524/s3/aws4_request,SignedHeaders=host,Signature=0", nameof(SignatureFault.UnsupportedAlgorithm))]
    [InlineData("Basic dXNlcjpwYXNz", nameof(SignatureFault.Incomplete))]
    [InlineData("AWS4-HMAC-SHA256", nameof(SignatureFault.Incomplete))]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20130524/us-east-1/s3/aws4_request,SignedHeaders=host", nameof(SignatureFault.Incomplete))]
    [InlineData("AWS4-HMAC-SHA256 Credential=,SignedHeaders=host,Signature=0", nameof(SignatureFault.Incomplete))]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b,SignedHeaders=host,Signature=0", nameof(SignatureFault.MalformedCredential))]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20130524/us-east-1/s3/aws5_request,SignedHeaders=host,Signature=0", nameof(SignatureFault.MalformedCredential))]
    [InlineData("AWS4-HMAC-SHA256 Credential=a//us-east-1/s3/aws4_request,SignedHeaders=host,Signature=0", nameof(SignatureFault.MalformedCredential))]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20130524/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=0", nameof(SignatureFault.UnknownAccessKey))]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/2/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=0", nameof(SignatureFault.WrongScope))]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=x-amz-date,Signature=0", nameof(SignatureFault.UnsignedHeader))]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;x-amz-date,Signature=0", nameof(SignatureFault.MissingPayloadHash))]
    public void An_authorization_that_is_no_signature_is_refused(string authorization, string fault)
    {
        var request = SignedRequests.Request("GET", Endpoint + "/b", ("x-amz-date", "20130524T000000Z"), ("Authorization", authorization));
        Fault(() => _requests.Verifier.VerifyS3(request)).ToString().ShouldBe(fault);
    }

    [Fact]
    public void Missing_parts_are_all_named_and_the_header_is_not_repeated()
    {
        var refusal = Should.Throw<SignatureException>(() => _requests.Verifier.VerifyS3(SignedRequests.Request("GET", Endpoint, ("Authorization", "Basic dXNlcjpwYXNz"))));
        refusal.Message.ShouldStartWith("Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        refusal.Message.ShouldNotContain("dXNlcjpwYXNz");
    }

    [Fact]
    public void A_request_is_signed_once()
    {
        var request = _requests.Presign("GET", Endpoint + "/b/k", "s3", TimeSpan.FromMinutes(5));
        request.Headers.Authorization = "AWS4-HMAC-SHA256 Credential=999999999999/20130524/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=0";
        Fault(() => _requests.Verifier.VerifyS3(request)).ShouldBe(SignatureFault.SignedTwice);
    }

    private static SignatureFault Fault(Action verify) => Should.Throw<SignatureException>(verify).Fault;
}
