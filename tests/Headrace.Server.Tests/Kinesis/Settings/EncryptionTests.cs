using System.Text.Json;

namespace Headrace.Server.Tests.Kinesis.Settings;

public sealed class EncryptionTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Records_say_whether_they_came_in_encrypted_for_ever()
    {
        await server.CreateStreamAsync("safe", 1);
        (await SummaryAsync("safe")).GetProperty("EncryptionType").GetString().ShouldBe("NONE");
        (await PutAsync("safe", "before")).TryGetProperty("EncryptionType", out _).ShouldBeFalse();

        await ChangeAsync("Start", "safe", "alias/aws/kinesis");
        var summary = await SummaryAsync("safe");
        summary.GetProperty("EncryptionType").GetString().ShouldBe("KMS");
        summary.GetProperty("KeyId").GetString().ShouldBe("alias/aws/kinesis");
        (await PutAsync("safe", "during")).GetProperty("EncryptionType").GetString().ShouldBe("KMS");
        var many = await server.KinesisAsync("PutRecords", """{"StreamName":"safe","Records":[{"Data":"","PartitionKey":"during"}]}""");
        many.GetProperty("EncryptionType").GetString().ShouldBe("KMS");

        await ChangeAsync("Start", "safe", "arn:aws:kms:us-east-1:000000000000:alias/other");
        await ChangeAsync("Stop", "safe", "alias/aws/kinesis");
        (await SummaryAsync("safe")).TryGetProperty("KeyId", out _).ShouldBeFalse();
        (await PutAsync("safe", "after")).TryGetProperty("EncryptionType", out _).ShouldBeFalse();
        await server.RestartAsync();

        var records = (await server.RecordsAsync(await server.IteratorAsync("safe", 0))).GetProperty("Records").EnumerateArray();
        records.Select(record => (record.GetProperty("PartitionKey").GetString(), record.TryGetProperty("EncryptionType", out var type) ? type.GetString() : null))
            .ShouldBe([("before", null), ("during", "KMS"), ("during", "KMS"), ("after", null)]);
    }

    [Theory]
    [InlineData("""{"StreamName":"s","KeyId":"k"}""", "Value null at 'encryptionType' failed to satisfy constraint: Member must not be null")]
    [InlineData("""{"StreamName":"s","EncryptionType":"AES","KeyId":"k"}""", "Value 'AES' at 'encryptionType' failed to satisfy constraint: Member must satisfy enum value set: [NONE, KMS]")]
    [InlineData("""{"StreamName":"s","EncryptionType":"KMS"}""", "Value null at 'keyId' failed to satisfy constraint: Member must not be null")]
    [InlineData("""{"StreamName":"s","EncryptionType":"KMS","KeyId":""}""", "Value '' at 'keyId' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    public async Task Broken_constraints_are_named(string json, string fault)
    {
        foreach (var operation in new[] { "StartStreamEncryption", "StopStreamEncryption" })
            (await server.KinesisErrorAsync(operation, json)).ShouldBe(("ValidationException", $"1 validation error detected: {fault}"));
    }

    [Theory]
    [InlineData("Start")]
    [InlineData("Stop")]
    public async Task Only_KMS_is_a_type_to_start_or_stop(string change)
    {
        (await server.KinesisErrorAsync($"{change}StreamEncryption", """{"StreamName":"nobody","EncryptionType":"NONE","KeyId":"k"}""")).Type.ShouldBe("InvalidArgumentException");
        (await server.KinesisErrorAsync($"{change}StreamEncryption", """{"StreamName":"nobody","EncryptionType":"KMS","KeyId":"k"}"""))
            .ShouldBe(("ResourceNotFoundException", "Stream nobody under account 000000000000 not found."));
    }

    private async Task ChangeAsync(string change, string stream, string key)
    {
        await server.KinesisAsync($"{change}StreamEncryption", $$"""{"StreamName":"{{stream}}","EncryptionType":"KMS","KeyId":"{{key}}"}""");
        await server.WaitForStatusAsync(stream, "ACTIVE");
    }

    private Task<JsonElement> PutAsync(string stream, string key) =>
        server.KinesisAsync("PutRecord", $$"""{"StreamName":"{{stream}}","Data":"QQ==","PartitionKey":"{{key}}"}""");

    private async Task<JsonElement> SummaryAsync(string stream) =>
        (await server.KinesisAsync("DescribeStreamSummary", $$"""{"StreamName":"{{stream}}"}""")).GetProperty("StreamDescriptionSummary");
}
