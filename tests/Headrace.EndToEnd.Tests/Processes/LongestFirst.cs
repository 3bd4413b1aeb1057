using Headrace.EndToEnd.Tests.Clients;
using Headrace.EndToEnd.Tests.Crashes;
using Headrace.EndToEnd.Tests.Failures;
using Headrace.EndToEnd.Tests.Groups;
using Headrace.EndToEnd.Tests.Lab;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Headrace.EndToEnd.Tests.Processes.LongestFirst))]

namespace Headrace.EndToEnd.Tests.Processes;

/// <summary>
/// Begins with the classes that take longest, most of all those that let a minute pass, as the lab's delivery does: the others
/// run meanwhile. Begun last, they would have the machine for themselves and leave it idle.
/// </summary>
internal sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly List<string> Long =
    [
        .. new[]
        {
            typeof(LabScriptsTests), typeof(FullDiskTests), typeof(ConsoleTests), typeof(GroupTakeoverTests), typeof(AwsCliS3Tests), typeof(CrashDuringProduceTests),
            typeof(CrashCycleTests), typeof(EtlCycleTests), typeof(CrashDuringDeliveryTests), typeof(AwsCliKinesisTests), typeof(Boto3Tests),
        }.Select(type => type.FullName!),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Place).ThenBy(collection => collection.UniqueID, StringComparer.Ordinal)];

    /// <summary>A class's own collection is called after it.</summary>
    private static int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var place = Long.FindIndex(name => collection.TestCollectionDisplayName.Contains($" {name} ", StringComparison.Ordinal));
        return place < 0 ? Long.Count : place;
    }
}
