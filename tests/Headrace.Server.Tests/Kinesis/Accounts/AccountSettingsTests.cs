namespace Headrace.Server.Tests.Kinesis.Accounts;

public sealed class AccountSettingsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_commitment_is_entered_into_and_left_after_its_term()
    {
        var none = (await server.KinesisAsync("DescribeAccountSettings", "{}")).GetProperty("MinimumThroughputBillingCommitment");
        none.GetProperty("Status").GetString().ShouldBe("DISABLED");
        none.EnumerateObject().Count().ShouldBe(1);

        var on = (await server.KinesisAsync("UpdateAccountSettings", """{"MinimumThroughputBillingCommitment":{"Status":"ENABLED"}}""")).GetProperty("MinimumThroughputBillingCommitment");
        on.GetProperty("Status").GetString().ShouldBe("ENABLED");
        (on.GetProperty("EarliestAllowedEndAt").GetDecimal() - on.GetProperty("StartedAt").GetDecimal()).ShouldBe(86400);
        await server.RestartAsync();
        (await server.KinesisAsync("DescribeAccountSettings", "{}")).GetProperty("MinimumThroughputBillingCommitment").GetRawText().ShouldBe(on.GetRawText());

        var leaving = await server.KinesisAsync("UpdateAccountSettings", """{"MinimumThroughputBillingCommitment":{"Status":"DISABLED"}}""");
        leaving.GetProperty("MinimumThroughputBillingCommitment").GetProperty("Status").GetString().ShouldBe("ENABLED_UNTIL_EARLIEST_ALLOWED_END");
    }

    [Theory]
    [InlineData("{}", "Value null at 'minimumThroughputBillingCommitment' failed to satisfy constraint: Member must not be null")]
    [InlineData("""{"MinimumThroughputBillingCommitment":{}}""", "Value null at 'minimumThroughputBillingCommitment.status' failed to satisfy constraint: Member must not be null")]
    [InlineData("""{"MinimumThroughputBillingCommitment":{"Status":"ON"}}""", "Value 'ON' at 'minimumThroughputBillingCommitment.status' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED]")]
    public async Task Broken_constraints_are_named(string json, string fault) =>
        (await server.KinesisErrorAsync("UpdateAccountSettings", json)).ShouldBe(("ValidationException", $"1 validation error detected: {fault}"));
}
