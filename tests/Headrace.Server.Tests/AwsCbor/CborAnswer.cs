using System.Collections;
using System.Net;

namespace Headrace.Server.Tests.AwsCbor;

/// <summary>An answer in CBOR, decoded; <see cref="Members"/> is empty for an answer without a body.</summary>
internal sealed record CborAnswer(HttpStatusCode Status, string? ContentType, IReadOnlyDictionary<string, object?> Members)
{
    public string Type => Text("__type");

    public string Message => Members.Keys.FirstOrDefault(member => member is "message" or "Message") is { } member ? Text(member) : "";

    public string Text(string member) => Members[member].ShouldBeOfType<string>();

    public List<Dictionary<string, object?>> List(string member) =>
        [.. Members[member].ShouldBeAssignableTo<IEnumerable>()!.Cast<Dictionary<string, object?>>()];

    public CborAnswer In(string member) => this with { Members = Members[member].ShouldBeOfType<Dictionary<string, object?>>() };
}
