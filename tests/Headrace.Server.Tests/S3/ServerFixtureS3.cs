using System.Text;

namespace Headrace.Server.Tests.S3;

/// <summary>Unsigned requests to S3.</summary>
internal static class ServerFixtureS3
{
    public static async Task<S3Answer> S3Async(this ServerFixture server, HttpMethod method, string target, string body = "", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(server.Endpoint, target));
        if (method != HttpMethod.Get && method != HttpMethod.Head)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        using var answer = await server.Http.SendAsync(request);
        return new S3Answer(answer.StatusCode, answer.Headers, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Creates a bucket, which keeps versions or doesn't.</summary>
    public static async Task CreateBucketAsync(this ServerFixture server, string name, bool versioned = false)
    {
        (await server.S3Async(HttpMethod.Put, "/" + name)).Code.ShouldBeEmpty();
        if (versioned)
            (await server.S3Async(HttpMethod.Put, $"/{name}?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>")).Code.ShouldBeEmpty();
    }
}
