using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Headrace.Pipelines.Tests;

public sealed class UserSessionGeneratorTests
{
    [Fact]
    public void A_seed_repeats_its_sessions_and_another_makes_others()
    {
        Texts(7, 50).ShouldBe(Texts(7, 50));
        Texts(7, 50).Intersect(Texts(8, 50)).ShouldBeEmpty();
    }

    [Fact]
    public void Sessions_are_unique_varied_and_fit_for_the_transform()
    {
        var generator = new UserSessionGenerator(1);
        var transform = new UserSessionTransform(TimeProvider.System);
        var sessions = Enumerable.Range(0, 5000).Select(_ => generator.Next()).ToList();

        sessions.Select(s => s.SessionId).Distinct().Count().ShouldBe(5000);
        var transformed = sessions.Select(s => Transformed(transform, s)).ToList();
        transformed.Select(s => s.GetProperty("session_id").GetString()).ShouldBe(sessions.Select(s => s.SessionId));
        transformed.Count(s => s.GetProperty("country").GetString() == "USA").ShouldBeInRange(1800, 2200);
        transformed.Select(s => s.GetProperty("country").GetString()).Distinct().Count().ShouldBeGreaterThan(10);
        sessions.Count(s => Encoding.UTF8.GetString(s.Json.Span).Contains("\"quantity\":\"")).ShouldBeInRange(50, 1500);
        Texts(1, 5000).ShouldContain(text => text.Contains("東京"));
    }

    private static JsonElement Transformed(UserSessionTransform transform, UserSession session)
    {
        var output = new ArrayBufferWriter<byte>();
        transform.Transform(session.Json, output).ShouldBeTrue();
        return JsonDocument.Parse(output.WrittenMemory).RootElement;
    }

    private static List<string> Texts(int seed, int count)
    {
        var generator = new UserSessionGenerator(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Encoding.UTF8.GetString(generator.Next().Json.Span))];
    }
}
