using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Headrace.Server.Tests.Signing;

namespace Headrace.Server.Tests.S3;

/// <summary>Who may use a bucket where requests are signed: its owner, and whom its grants and its policy name.</summary>
public sealed class BucketAccessTests(KeyedServerFixture server) : IClassFixture<KeyedServerFixture>
{
    [Fact]
    public async Task Grants_open_a_bucket_to_others_and_to_everybody()
    {
        await OwnerAsync(HttpMethod.Put, "/granted");
        await OwnerAsync(HttpMethod.Put, "/granted/secret", "s");
        await OwnerAsync(HttpMethod.Put, "/granted/open", "o", ("x-amz-acl", "public-read"));
        (await AnonymousAsync("/granted/open")).ShouldBe((HttpStatusCode.OK, "o"));
        (await AnonymousAsync("/granted/secret")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await AnonymousAsync("/granted/missing")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await OtherAsync(HttpMethod.Get, "/granted/secret")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await OtherAsync(HttpMethod.Put, "/granted/theirs", "t")).Status.ShouldBe(HttpStatusCode.Forbidden);
        await OwnerAsync(HttpMethod.Put, "/granted?acl", "", ("x-amz-grant-write", $"id={KeyedServerFixture.AccountKey.PadLeft(64, '0')}"), ("x-amz-grant-read", "uri=http://acs.amazonaws.com/groups/global/AllUsers"));
        (await OtherAsync(HttpMethod.Put, "/granted/theirs", "t")).Status.ShouldBe(HttpStatusCode.OK);
        (await AnonymousAsync("/granted")).Body.ShouldContain("<Key>theirs</Key>");
        (await AnonymousAsync("/granted/missing")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_policy_allows_others_and_denies_even_the_owner()
    {
        await OwnerAsync(HttpMethod.Put, "/ruled");
        await OwnerAsync(HttpMethod.Put, "/ruled/in/k", "v");
        await OwnerAsync(HttpMethod.Put, "/ruled/out", "v");
        const string policy = """
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::ruled/in/*"},
              {"Effect":"Allow","Principal":"*","Action":"s3:ListBucket","Resource":"arn:aws:s3:::ruled","Condition":{"StringEquals":{"s3:prefix":"in/"}}},
              {"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::ruled/*"}]}
            """;
        await OwnerAsync(HttpMethod.Put, "/ruled?policy", policy);
        (await OtherAsync(HttpMethod.Get, "/ruled/in/k")).ShouldBe((HttpStatusCode.OK, "v"));
        (await OtherAsync(HttpMethod.Get, "/ruled/out")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await AnonymousAsync("/ruled?prefix=in/")).Body.ShouldContain("<Key>in/k</Key>");
        (await AnonymousAsync("/ruled")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(KeyedServerFixture.AccessKey, HttpMethod.Delete, "/ruled/out")).Body.ShouldContain("<Code>AccessDenied</Code>");
        (await SendAsync(KeyedServerFixture.AccessKey, HttpMethod.Delete, "/ruled?policy")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await SendAsync(KeyedServerFixture.AccessKey, HttpMethod.Delete, "/ruled/out")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Addresses_presigned_by_version_2_are_served_until_they_expire()
    {
        await OwnerAsync(HttpMethod.Put, "/legacy");
        await OwnerAsync(HttpMethod.Put, "/legacy/k", "v");
        (await AnonymousAsync(Presign("/legacy/k", DateTimeOffset.UtcNow.AddMinutes(1)))).ShouldBe((HttpStatusCode.OK, "v"));
        var (status, body) = await AnonymousAsync(Presign("/legacy/k", DateTimeOffset.UtcNow.AddMinutes(-1)));
        status.ShouldBe(HttpStatusCode.Forbidden);
        body.ShouldContain("<Message>Request has expired</Message>");
        (await AnonymousAsync(Presign("/legacy/k", DateTimeOffset.UtcNow.AddMinutes(1)).Replace("/k?", "/other?", StringComparison.Ordinal))).Body.ShouldContain("<Code>SignatureDoesNotMatch</Code>");
    }

    [Theory]
    [InlineData("AWS HAHAHA", "", "InvalidArgument")]
    [InlineData("AWS AKIAHEADRACE:x", "Bad Date", "AccessDenied")]
    [InlineData("AWS AKIAHEADRACE:x", "Tue, 07 Jul 1950 21:53:04 GMT", "AccessDenied")]
    [InlineData("AWS AKIAHEADRACE:x", "Tue, 07 Jul 2010 21:53:04 GMT", "RequestTimeTooSkewed")]
    [InlineData("AWS AKIAHEADRACE:x", "Tue, 07 Jul 9999 21:53:04 GMT", "RequestTimeTooSkewed")]
    [InlineData("AWS AKIASTRANGER:x", "Tue, 07 Jul 2010 21:53:04 GMT", "InvalidAccessKeyId")]
    public async Task What_is_wrong_with_a_signature_of_version_2_is_told(string authorization, string date, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Endpoint, "/"));
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Headers.TryAddWithoutValidation("x-amz-date", date);
        using var answer = await server.Http.SendAsync(request);
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"<Code>{code}</Code>");
    }

    [Fact]
    public async Task Nobody_known_gets_in_where_a_public_policy_is_restricted()
    {
        await OwnerAsync(HttpMethod.Put, "/restricted");
        await OwnerAsync(HttpMethod.Put, "/restricted/k", "v");
        await OwnerAsync(HttpMethod.Put, "/restricted?policy", """
            {"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::restricted/*"}]}
            """);
        (await AnonymousAsync("/restricted/k")).ShouldBe((HttpStatusCode.OK, "v"));
        await OwnerAsync(HttpMethod.Put, "/restricted?publicAccessBlock", "<PublicAccessBlockConfiguration><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>");
        (await AnonymousAsync("/restricted/k")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Who_may_list_some_keys_learns_which_of_them_are_missing()
    {
        await OwnerAsync(HttpMethod.Put, "/partly");
        await OwnerAsync(HttpMethod.Put, "/partly?policy", """
            {"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:ListBucket","Resource":"arn:aws:s3:::partly","Condition":{"StringLike":{"s3:prefix":"public/*"}}}]}
            """);
        (await OtherAsync(HttpMethod.Get, "/partly/public/k")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await OtherAsync(HttpMethod.Get, "/partly/private/k")).Status.ShouldBe(HttpStatusCode.Forbidden);
        await OwnerAsync(HttpMethod.Put, "/partly/public/k", "v");
        (await OtherAsync(HttpMethod.Get, "/partly/public/k")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("private")]
    [InlineData("public-read")]
    public async Task Where_ACLs_are_off_none_is_taken_but_the_bucket_owners_own(string acl)
    {
        var bucket = "/off-" + acl;
        await OwnerAsync(HttpMethod.Put, bucket, "", ("x-amz-object-ownership", "BucketOwnerEnforced"));
        foreach (var (method, target) in new[] { (HttpMethod.Put, "/k"), (HttpMethod.Post, "/k?uploads"), (HttpMethod.Put, "?acl") })
            (await SendAsync(KeyedServerFixture.AccessKey, method, bucket + target, "", ("x-amz-acl", acl))).Body.ShouldContain("<Code>AccessControlListNotSupported</Code>");
        await OwnerAsync(HttpMethod.Put, bucket + "/k", "v", ("x-amz-acl", "bucket-owner-full-control"));
        await OwnerAsync(HttpMethod.Put, bucket + "/k", "v", ("x-amz-grant-full-control", $"id={new string('0', 64)}"));
    }

    [Fact]
    public async Task A_form_must_be_signed()
    {
        await OwnerAsync(HttpMethod.Put, "/forms");
        var policy = Convert.ToBase64String(Encoding.UTF8.GetBytes(
            $$"""{"expiration":"{{DateTime.UtcNow.AddMinutes(5).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}}","conditions":[{"bucket":"forms"},["starts-with","$key",""]]}"""));
        (await PostAsync([("key", "k")])).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync([("key", "k"), ("AWSAccessKeyId", KeyedServerFixture.AccessKey), ("policy", policy), ("signature", "wrong")])).Body.ShouldContain("<Code>SignatureDoesNotMatch</Code>");
        (await PostAsync([("key", "k"), ("AWSAccessKeyId", "AKIASTRANGER"), ("policy", policy), ("signature", Sign(policy))])).Body.ShouldContain("<Code>InvalidAccessKeyId</Code>");
        (await PostAsync([("key", "k"), ("AWSAccessKeyId", KeyedServerFixture.AccessKey), ("policy", policy), ("signature", Sign(policy))])).Status.ShouldBe(HttpStatusCode.NoContent);
        (await SendAsync(KeyedServerFixture.AccessKey, HttpMethod.Get, "/forms/k")).Body.ShouldBe("file");
    }

    private static string Presign(string target, DateTimeOffset until)
    {
        var expires = until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{target}?AWSAccessKeyId={KeyedServerFixture.AccessKey}&Expires={expires}&Signature={Uri.EscapeDataString(Sign($"GET\n\n\n{expires}\n{target}"))}";
    }

#pragma warning disable CA5350 // Signature Version 2 is defined by HMAC-SHA1.
    private static string Sign(string text) => Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(KeyedServerFixture.Secret), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350

    private async Task<(HttpStatusCode Status, string Body)> PostAsync((string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        form.Add(new StringContent("file"), "file", "f.txt");
        using var answer = await server.Http.PostAsync(new Uri(server.Endpoint, "/forms"), form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<(HttpStatusCode Status, string Body)> AnonymousAsync(string target)
    {
        using var answer = await server.Http.GetAsync(new Uri(server.Endpoint, target));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task OwnerAsync(HttpMethod method, string target, string body = "", params (string Name, string Value)[] headers)
    {
        var (status, answer) = await SendAsync(KeyedServerFixture.AccessKey, method, target, body, headers);
        ((int)status).ShouldBeInRange(200, 204, answer);
    }

    private Task<(HttpStatusCode Status, string Body)> OtherAsync(HttpMethod method, string target, string body = "") => SendAsync(KeyedServerFixture.AccountKey, method, target, body);

    private Task<(HttpStatusCode Status, string Body)> SendAsync(string key, HttpMethod method, string target, string body = "", params (string Name, string Value)[] headers) =>
        server.SendAsync("s3", method, target, body, key, KeyedServerFixture.Secret, headers);
}
