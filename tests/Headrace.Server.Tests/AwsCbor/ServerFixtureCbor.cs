using System.Net;
using System.Net.Http.Headers;

namespace Headrace.Server.Tests.AwsCbor;

/// <summary>The Kinesis API as AWS's SDK for Java calls it.</summary>
internal static class ServerFixtureCbor
{
    public static async Task<CborAnswer> SendCborAsync(this ServerFixture server, string target, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-cbor-1.1");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        using var response = await server.Http.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        response.Content.Headers.ContentLength.ShouldBe(bytes.Length);
        var members = bytes.Length == 0 ? [] : CborDocument.Decode(bytes).ShouldBeOfType<Dictionary<string, object?>>();
        return new CborAnswer(response.StatusCode, response.Content.Headers.ContentType?.ToString(), members);
    }

    /// <summary>Calls a Kinesis operation that must succeed.</summary>
    public static async Task<CborAnswer> CborAsync(this ServerFixture server, string operation, params (string Name, object? Value)[] members)
    {
        var answer = await server.SendCborAsync($"Kinesis_20131202.{operation}", Body(members));
        answer.Status.ShouldBe(HttpStatusCode.OK, $"{operation}: {string.Join(' ', answer.Members.Values)}");
        answer.ContentType.ShouldBe("application/x-amz-cbor-1.1");
        return answer;
    }

    /// <summary>Calls a Kinesis operation that must be refused.</summary>
    public static async Task<CborAnswer> CborErrorAsync(this ServerFixture server, string operation, params (string Name, object? Value)[] members)
    {
        var answer = await server.SendCborAsync($"Kinesis_20131202.{operation}", Body(members));
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.ContentType.ShouldBe("application/x-amz-cbor-1.1");
        return answer;
    }

    public static Dictionary<string, object?> Map(params (string Name, object? Value)[] members) =>
        members.ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);

    private static byte[] Body((string Name, object? Value)[] members) => CborDocument.Encode(Map(members));
}
