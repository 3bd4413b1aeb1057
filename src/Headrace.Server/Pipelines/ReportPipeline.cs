using System.Text.RegularExpressions;
using Headrace.ControlPlane;
using Headrace.Server.AwsJson;

namespace Headrace.Server.Pipelines;

/// <summary>A worker of a pipeline tells how far it is (docs/console.md).</summary>
internal sealed partial class ReportPipeline(PipelineBook book) : IAwsJsonOperation
{
    private const int MaxRoutes = 100;
    private const int MaxName = 256;

    /// <summary>Beyond it not every whole number can be told in JSON.</summary>
    private const double MaxCount = 1L << 53;

    /// <summary>A hundred years.</summary>
    private const double MaxAge = 36_525 * 86_400_000.0;

    public string Name => nameof(ReportPipeline);

    public ValueTask HandleAsync(AwsJsonRequest request)
    {
        var members = request.ReadMembers();
        var report = Read(members, request.Scope);
        var isLast = members.Boolean("IsLast") ?? false;
        members.ThrowIfInvalid();

        book.Take(report, isLast);
        request.RespondEmpty();
        return ValueTask.CompletedTask;
    }

    private static PipelineReport Read(MemberReader members, AccountScope scope) => new(
        new PipelineKey(scope, Text(members, "Pipeline"), Text(members, "Group"), members.String("SourceStream", required: true, min: 1, max: 128, StreamName()) ?? ""),
        Text(members, "Worker"),
        members.String("DeadLetters", max: 1024) ?? "",
        new PipelineCounts(Count(members, "Read"), Count(members, "Transformed"), Count(members, "Dropped"), Count(members, "DeadLettered"), Count(members, "Repeated")),
        [.. (members.Structures("Routes", max: MaxRoutes) ?? []).Select(ReadRoute).DistinctBy(route => route.Name)],
        Count(members, "MillisBehindLatest"),
        members.Double("CheckpointAgeMilliseconds", 0, MaxAge) is { } age ? TimeSpan.FromMilliseconds(Math.Clamp(age, 0, MaxAge)) : null);

    private static PipelineRouteReport ReadRoute(MemberReader route) => new(
        Text(route, "Name"),
        route.String("StreamName", min: 1, max: 128, pattern: StreamName()),
        route.String("DeliveryStreamName", min: 1, max: 128, pattern: StreamName()),
        Count(route, "Records"));

    private static string Text(MemberReader members, string member) => members.String(member, required: true, min: 1, max: MaxName, pattern: OneLine()) ?? "";

    private static long Count(MemberReader members, string member) => (long)(members.Double(member, 0, MaxCount) ?? 0);

    [GeneratedRegex(@"\A(?:[a-zA-Z0-9_.-]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex StreamName();

    [GeneratedRegex(@"\A(?:[^\p{Cc}]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex OneLine();
}
