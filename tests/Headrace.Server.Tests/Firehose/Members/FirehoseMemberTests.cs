using System.Text.Json.Nodes;
using Headrace.Server.Firehose;
using Headrace.Server.Tests.Kinesis.Members;

namespace Headrace.Server.Tests.Firehose.Members;

/// <summary>Every member of every operation, held to the API's model, those of sources and destinations that aren't supported too.</summary>
public sealed class FirehoseMemberTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    /// <summary>AWS tells no more faults of a request.</summary>
    private const int Most = 10;

    /// <summary>Operations and, where these have many, what their members begin with.</summary>
    public static TheoryData<string, string> Parts =>
        [.. FirehoseRequest.All.Values.SelectMany(request => request.Members.Select(member => (request.Operation, member.Path.Split('.')[0])).Distinct()).Select(part => new TheoryDataRow<string, string>(part.Operation, part.Item2))];

    [Fact]
    public void The_table_has_every_operation_of_the_API() =>
        FirehoseRequest.All.Keys.Order(StringComparer.Ordinal).ShouldBe(FirehoseService.Create(null!).OperationNames.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task A_member_that_breaks_a_constraint(string operation, string part)
    {
        var request = FirehoseRequest.All[operation];
        foreach (var member in MembersOf(request, part))
        {
            foreach (var (value, faults) in member.BrokenConstraints())
                await ExpectAsync(request.With(member, value?.DeepClone()), operation, "ValidationException", Told(faults));
        }
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task A_member_of_a_wrong_type(string operation, string part)
    {
        var request = FirehoseRequest.All[operation];
        foreach (var member in MembersOf(request, part).Where(member => member.Type != "double"))
        {
            foreach (var (value, message) in MemberFaultCases.WrongTypes(new ModelledMember(member.Path, member.Required, member.Type, null, null, "", [])))
                await ExpectAsync(request.With(member, value.DeepClone()), operation, "SerializationException", message);
        }
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Everything_wrong_at_once(string operation, string part)
    {
        var request = FirehoseRequest.All[operation].Valid();
        var told = new List<string>();
        // Lists of structures are left out: an empty one hides the rest, and what is in it is told of before its siblings.
        foreach (var member in MembersOf(FirehoseRequest.All[operation], part).Where(member => member.Type is not ("structure" or "structures") && !member.Path.Contains(".1.", StringComparison.Ordinal)))
        {
            if (member.BrokenConstraints().LastOrDefault() is not (var value, { } faults))
                continue;
            if (value is not null)
                ModelledRequest.Set(request, member.Path, value.DeepClone());
            else
                ModelledRequest.Set(request, member.Path, null);
            told.AddRange(faults);
        }
        if (told.Count > 0)
            await ExpectAsync(request, operation, "ValidationException", Told([.. told.Take(Most)]));
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task What_is_valid_passes(string operation, string part)
    {
        foreach (var member in MembersOf(FirehoseRequest.All[operation], part))
        {
            var request = FirehoseRequest.All[operation].With(member, null);
            if (member.Type is "structure" or "structures")
                continue;
            ModelledRequest.Set(request, member.Path, member.ValidValue);
            var (status, body) = await server.SendAsync($"Firehose_20150804.{operation}", request.ToJsonString());
            ((int)status).ShouldBeLessThan(500, $"{operation} {request} {body}");
            if ((int)status == 400)
                body.GetProperty("__type").GetString().ShouldNotBeOneOf(["ValidationException", "SerializationException"], $"{operation} {request} {body}");
        }
    }

    private static IEnumerable<FirehoseMember> MembersOf(FirehoseRequest request, string part) =>
        request.Members.Where(member => member.Path == part || member.Path.StartsWith(part + ".", StringComparison.Ordinal));

    private static string Told(string[] faults) => $"{faults.Length} validation error{(faults.Length == 1 ? "" : "s")} detected: {string.Join("; ", faults)}";

    private async Task ExpectAsync(JsonObject request, string operation, string type, string message)
    {
        var json = request.ToJsonString();
        var (status, body) = await server.SendAsync($"Firehose_20150804.{operation}", json);
        ((int)status).ShouldBe(400, $"{operation} {json}");
        body.GetProperty("__type").GetString().ShouldBe(type, $"{operation} {json} {body}");
        body.GetProperty(type == "SerializationException" ? "Message" : "message").GetString().ShouldBe(message, $"{operation} {json}");
    }
}
