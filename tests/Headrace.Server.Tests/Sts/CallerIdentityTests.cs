using System.Net;
using System.Xml.Linq;

namespace Headrace.Server.Tests.Sts;

public class CallerIdentityTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Identity = "Action=GetCallerIdentity&Version=2011-06-15";
    private static readonly XNamespace Sts = "https://sts.amazonaws.com/doc/2011-06-15/";

    [Fact]
    public async Task A_form_is_answered_as_AWS_answers_it()
    {
        var (status, answer, requestId) = await PostAsync(Identity);
        status.ShouldBe(HttpStatusCode.OK);
        answer.ShouldBe($"""
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <GetCallerIdentityResult>
                <Arn>arn:aws:iam::000000000000:root</Arn>
                <UserId>000000000000</UserId>
                <Account>000000000000</Account>
              </GetCallerIdentityResult>
              <ResponseMetadata>
                <RequestId>{requestId}</RequestId>
              </ResponseMetadata>
            </GetCallerIdentityResponse>
            """);
    }

    [Fact]
    public async Task A_query_is_answered_too()
    {
        var answer = await server.Http.GetStringAsync(new Uri(server.Endpoint, "/?" + Identity));
        XDocument.Parse(answer).Descendants(Sts + "Account").Single().Value.ShouldBe("000000000000");
    }

    [Fact]
    public async Task An_access_key_of_twelve_digits_is_the_account()
    {
        var (_, answer, _) = await PostAsync(Identity, "AWS4-HMAC-SHA256 Credential=123456789012/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0");
        XDocument.Parse(answer).Descendants(Sts + "Arn").Single().Value.ShouldBe("arn:aws:iam::123456789012:root");
    }

    [Theory]
    [InlineData("Action=AssumeRole&Version=2011-06-15", "InvalidAction", "Could not find operation AssumeRole for version 2011-06-15")]
    [InlineData("Action=GetCallerIdentity&Version=2010-01-01", "InvalidAction", "Could not find operation GetCallerIdentity for version 2010-01-01")]
    [InlineData("Action=GetCallerIdentity", "InvalidAction", "Could not find operation GetCallerIdentity for version NO_VERSION_SPECIFIED")]
    [InlineData("Action=%01%3Cb%3E%FF&Version=2011-06-15", "InvalidAction", null)]
    [InlineData("Action=&Version=2011-06-15", "MissingAction", "The request is missing an action or a required parameter.")]
    [InlineData("", "MissingAction", null)]
    [InlineData("%%%&&==\0", "MissingAction", null)]
    public async Task What_it_does_not_know_is_the_senders_error(string form, string code, string? message)
    {
        var (status, answer, requestId) = await PostAsync(form);
        status.ShouldBe(HttpStatusCode.BadRequest);
        answer.ShouldStartWith("<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n  <Error>\n    <Type>Sender</Type>\n    <Code>" + code + "</Code>\n    <Message>" + message);
        answer.ShouldEndWith($"</Message>\n  </Error>\n  <RequestId>{requestId}</RequestId>\n</ErrorResponse>");
    }

    [Fact]
    public async Task A_form_that_is_too_long_is_refused()
    {
        var (status, answer, _) = await PostAsync(Identity + "&Filler=" + new string('x', 100_000));
        status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        answer.ShouldContain("<Code>RequestEntityTooLarge</Code>");
    }

    private async Task<(HttpStatusCode Status, string Body, string RequestId)> PostAsync(string form, string? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint) { Content = new StringContent(form, null, "application/x-www-form-urlencoded") };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await server.Http.SendAsync(request);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/xml");
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.GetValues("x-amzn-RequestId").Single());
    }
}
