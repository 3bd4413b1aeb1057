using Headrace.Server.S3;
using Headrace.Server.Signing;
using Headrace.Server.Tests.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Headrace.Server.Tests.S3;

public class S3SignatureErrorsTests
{
    private const string Url = "http://127.0.0.1:4566/bucket/key";

    private readonly SignedRequests _requests = new();

    [Fact]
    public void An_unsigned_request_is_denied() => ErrorOf(SignedRequests.Request("GET", Url)).ShouldBe((403, "AccessDenied", "Access Denied"));

    [Fact]
    public void A_wrong_secret_is_told_with_what_should_have_been_signed()
    {
        var refusal = RefusalOf(_requests.Sign("GET", Url, "s3", [], "other"));
        (refusal.Status, refusal.Code, refusal.Message).ShouldBe((403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method."));
        refusal.Details.ShouldContain(("AWSAccessKeyId", SignedRequests.AccessKey));
        refusal.Details.Single(detail => detail.Name == "CanonicalRequest").Value.ShouldStartWith("GET\n/bucket/key\n");
        refusal.Details.Single(detail => detail.Name == "CanonicalRequestBytes").Value.ShouldStartWith("47 45 54 0a 2f");
        refusal.Details.Single(detail => detail.Name == "StringToSign").Value.ShouldStartWith("AWS4-HMAC-SHA256\n20130524T000000Z\n");
        refusal.Details.Single(detail => detail.Name == "SignatureProvided").Value.Length.ShouldBe(64);
    }

    [Fact]
    public void A_request_of_another_hour_is_too_skewed()
    {
        var request = _requests.Sign("GET", Url, "s3", []);
        _requests.Clock.Advance(TimeSpan.FromHours(1));
        var refusal = RefusalOf(request);
        (refusal.Status, refusal.Code, refusal.Message).ShouldBe((403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large."));
        refusal.Details.ShouldBe([("RequestTime", "20130524T000000Z"), ("ServerTime", "2013-05-24T01:00:00Z"), ("MaxAllowedSkewMilliseconds", "900000")]);
    }

    [Fact]
    public void An_old_presigned_url_has_expired()
    {
        var request = _requests.Presign("GET", Url, "s3", TimeSpan.FromSeconds(60));
        _requests.Clock.Advance(TimeSpan.FromSeconds(61));
        var refusal = RefusalOf(request);
        (refusal.Status, refusal.Code, refusal.Message).ShouldBe((403, "AccessDenied", "Request has expired"));
        refusal.Details.ShouldBe([("X-Amz-Expires", "60"), ("Expires", "2013-05-24T00:01:00Z"), ("ServerTime", "2013-05-24T00:01:01Z")]);
    }

    [Fact]
    public void An_early_presigned_url_is_not_yet_valid()
    {
        var request = _requests.Presign("GET", Url, "s3", TimeSpan.FromSeconds(60));
        var verifier = new SignatureVerifier(new Dictionary<string, string> { [SignedRequests.AccessKey] = SignedRequests.Secret }, new FakeTimeProvider(_requests.SignedAt.AddHours(-1)));
        S3SignatureErrors.Of(Should.Throw<SignatureException>(() => verifier.VerifyS3(request))).Message.ShouldBe("Request is not yet valid");
    }

    [Fact]
    public void Other_faults_have_S3s_codes()
    {
        var other = _requests.Sign("GET", Url, "kinesis", []);
        ErrorOf(other).ShouldBe((400, "AuthorizationHeaderMalformed", "The authorization header is malformed; incorrect service \"kinesis\". This endpoint belongs to \"s3\"."));

        var unsigned = _requests.Sign("GET", Url, "s3", []);
        unsigned.Headers["x-amz-acl"] = "private";
        RefusalOf(unsigned).Details.ShouldBe([("HeadersNotSigned", "x-amz-acl")]);

        var stranger = _requests.Sign("GET", Url, "s3", []);
        stranger.Headers.Authorization = stranger.Headers.Authorization.ToString().Replace(SignedRequests.AccessKey, "AKIASTRANGER", StringComparison.Ordinal);
        RefusalOf(stranger).Code.ShouldBe("InvalidAccessKeyId");

        ErrorOf(SignedRequests.Request("GET", Url, ("Authorization", "AWS a:b"))).Code.ShouldBe("InvalidRequest");
        ErrorOf(SignedRequests.Request("GET", Url, ("Authorization", "Basic a"))).Code.ShouldBe("AuthorizationHeaderMalformed");
        ErrorOf(SignedRequests.Request("GET", Url + "?X-Amz-Algorithm=AWS4-HMAC-SHA256")).Code.ShouldBe("AuthorizationQueryParametersError");
        ErrorOf(SignedRequests.Request("GET", Url + "?X-Amz-Algorithm=AWS4-HMAC-SHA256", ("Authorization", "AWS4-HMAC-SHA256 a"))).Code.ShouldBe("InvalidArgument");
    }

    private (int Status, string Code, string Message) ErrorOf(HttpRequest request)
    {
        var refusal = RefusalOf(request);
        return (refusal.Status, refusal.Code, refusal.Message);
    }

    private S3Exception RefusalOf(HttpRequest request) => S3SignatureErrors.Of(Should.Throw<SignatureException>(() => _requests.Verifier.VerifyS3(request)));
}
