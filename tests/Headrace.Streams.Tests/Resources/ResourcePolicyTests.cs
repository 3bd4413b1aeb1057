using Headrace.Streams.Resources;

namespace Headrace.Streams.Tests.Resources;

public class ResourcePolicyTests
{
    private const string Other = "222222222222";

    [Theory]
    [InlineData("\"Principal\":\"*\",\"Action\":\"kinesis:*\"", true)]
    [InlineData("\"Principal\":{\"AWS\":\"*\"},\"Action\":\"kinesis:PutRecord\"", true)]
    [InlineData("\"Principal\":{\"AWS\":\"222222222222\"},\"Action\":[\"kinesis:Get*\",\"kinesis:putrecord?\"]", null)]
    [InlineData("\"Principal\":{\"AWS\":\"222222222222\"},\"Action\":[\"kinesis:Get*\",\"KINESIS:putrecor?\"]", true)]
    [InlineData("\"Principal\":{\"AWS\":[\"333333333333\",\"arn:aws:iam::222222222222:root\"]},\"Action\":\"kinesis:PutRecord\"", true)]
    [InlineData("\"Principal\":{\"AWS\":\"arn:aws:iam::222222222222:user/one\"},\"Action\":\"kinesis:PutRecord\"", true)]
    [InlineData("\"Principal\":{\"AWS\":\"333333333333\"},\"Action\":\"kinesis:PutRecord\"", null)]
    [InlineData("\"Principal\":{\"Service\":\"222222222222\"},\"Action\":\"kinesis:PutRecord\"", null)]
    [InlineData("\"Principal\":\"*\",\"Action\":\"kinesis:PutRecords\"", null)]
    [InlineData("\"Principal\":\"*\",\"Action\":\"kinesis:PutRecord\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}}", null)]
    public void One_statement_allows(string members, bool? decision) => Decide($"{{\"Effect\":\"Allow\",{members}}}").ShouldBe(decision);

    [Fact]
    public void A_denial_outweighs_what_is_allowed()
    {
        const string allow = "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"kinesis:*\"}";
        const string deny = "{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"222222222222\"},\"Action\":\"kinesis:Put*\"}";
        Decide($"[{allow},{deny}]").ShouldBe(false);
        Decide($"[{deny},{allow}]").ShouldBe(false);
        Decide($"[{allow},{deny}]", account: "333333333333").ShouldBe(true);
        Decide("{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"kinesis:*\",\"Condition\":{\"Bool\":{\"a\":\"b\"}}}").ShouldBe(false);
    }

    private static bool? Decide(string statement, string account = Other) =>
        ResourcePolicy.Parse($"{{\"Version\":\"2012-10-17\",\"Statement\":{statement}}}").Decide(account, "kinesis:PutRecord");
}
