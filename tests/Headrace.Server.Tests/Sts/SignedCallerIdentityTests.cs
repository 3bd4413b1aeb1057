using System.Net;
using Headrace.Server.Tests.Signing;

namespace Headrace.Server.Tests.Sts;

public class SignedCallerIdentityTests(KeyedServerFixture server) : IClassFixture<KeyedServerFixture>
{
    private const string Identity = "Action=GetCallerIdentity&Version=2011-06-15";

    [Fact]
    public async Task A_signed_form_is_answered()
    {
        var (status, answer) = await PostAsync(KeyedServerFixture.AccountKey, KeyedServerFixture.Secret);
        status.ShouldBe(HttpStatusCode.OK, answer);
        answer.ShouldContain("<Account>123456789012</Account>");
    }

    [Fact]
    public async Task A_presigned_query_is_answered()
    {
        using var response = await server.Http.GetAsync(server.Presign("sts", HttpMethod.Get, "/?" + Identity, TimeSpan.FromMinutes(1)));
        var answer = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, answer);
        answer.ShouldContain("<Account>000000000000</Account>");
    }

    [Fact]
    public async Task Other_requests_are_forbidden()
    {
        var (status, answer) = await PostAsync(KeyedServerFixture.AccessKey, "wrong");
        status.ShouldBe(HttpStatusCode.Forbidden);
        answer.ShouldContain("<Type>Sender</Type>\n    <Code>SignatureDoesNotMatch</Code>");
        (status, answer) = await PostAsync("AKIASTRANGER", "wrong");
        status.ShouldBe(HttpStatusCode.Forbidden);
        answer.ShouldContain("<Code>InvalidClientTokenId</Code>\n    <Message>The security token included in the request is invalid.</Message>");
        using var response = await server.Http.GetAsync(new Uri(server.Endpoint, "/?" + Identity));
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync()).ShouldContain("<Code>MissingAuthenticationToken</Code>");
    }

    private Task<(HttpStatusCode Status, string Body)> PostAsync(string accessKey, string secret) =>
        server.SendAsync("sts", HttpMethod.Post, "/", Identity, accessKey, secret, [("Content-Type", "application/x-www-form-urlencoded")]);
}
