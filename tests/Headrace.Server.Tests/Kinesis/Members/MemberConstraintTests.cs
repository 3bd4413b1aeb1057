using System.Text.Json.Nodes;
using Headrace.Server.Kinesis;
using Headrace.Server.Kinesis.Producers;

namespace Headrace.Server.Tests.Kinesis.Members;

/// <summary>Every member of every operation, held to the API's model: absent, of wrong types, too short, too long, out of its pattern, out of its values.</summary>
public sealed class MemberConstraintTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    /// <summary>AWS tells no more faults of a request.</summary>
    private const int Most = 10;

    public static TheoryData<string> Operations => [.. ModelledRequest.All.Keys];

    /// <summary>An operation of Headrace's own is in no model of AWS's.</summary>
    [Fact]
    public void The_table_has_every_operation_of_the_API() =>
        ModelledRequest.All.Keys.Order(StringComparer.Ordinal).ShouldBe(KinesisService.Create(null!, null!).OperationNames.Except([nameof(DescribeProducer)]).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_member_of_a_wrong_type(string operation)
    {
        var request = ModelledRequest.All[operation];
        foreach (var member in request.Members)
        {
            foreach (var (value, message) in MemberFaultCases.WrongTypes(member))
                await ExpectAsync(request.With(member, value.DeepClone()), operation, "SerializationException", message);
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_member_that_breaks_a_constraint(string operation)
    {
        var request = ModelledRequest.All[operation];
        foreach (var member in request.Members)
        {
            foreach (var (value, faults) in MemberFaultCases.BrokenConstraints(member))
                await ExpectAsync(request.With(member, value?.DeepClone()), operation, "ValidationException", Told(faults));
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Nothing_that_is_required(string operation)
    {
        var faults = ModelledRequest.All[operation].Members.Where(member => member.Required && IsTop(member)).Select(member => member.Absence).ToArray();
        if (faults.Length > 0)
            await ExpectAsync([], operation, "ValidationException", Told(faults));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Everything_wrong_at_once(string operation)
    {
        var request = new JsonObject();
        var told = new List<string>();
        foreach (var member in ModelledRequest.All[operation].Members)
        {
            if (MemberFaultCases.Worst(member) is not { } worst)
                continue;
            if (worst.Value is { } value)
                ModelledRequest.Set(request, member.Path, value.DeepClone());
            else if (!IsTop(member))
                ModelledRequest.Set(request, member.Path[..member.Path.LastIndexOf('.')] + ".Other", 1);
            told.AddRange(worst.Faults);
        }
        if (told.Count > 0)
            await ExpectAsync(request, operation, "ValidationException", Told([.. told.Take(Most)]));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task What_is_valid_passes(string operation)
    {
        var (_, body) = await server.SendAsync($"Kinesis_20131202.{operation}", ModelledRequest.All[operation].Valid().ToJsonString());
        if (body.ValueKind == System.Text.Json.JsonValueKind.Object && body.TryGetProperty("__type", out var type))
            type.GetString().ShouldNotBeOneOf("ValidationException", "SerializationException", "InternalFailure");
    }

    private static bool IsTop(ModelledMember member) => !member.Path.Contains('.', StringComparison.Ordinal);

    private static string Told(string[] faults) => $"{faults.Length} validation error{(faults.Length == 1 ? "" : "s")} detected: {string.Join("; ", faults)}";

    private async Task ExpectAsync(JsonObject request, string operation, string type, string message)
    {
        var json = request.ToJsonString();
        var (status, body) = await server.SendAsync($"Kinesis_20131202.{operation}", json);
        ((int)status).ShouldBe(400, $"{operation} {json}");
        body.GetProperty("__type").GetString().ShouldBe(type, $"{operation} {json} {body}");
        body.GetProperty(type == "SerializationException" ? "Message" : "message").GetString().ShouldBe(message, $"{operation} {json}");
    }
}
