using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using Headrace.Server;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Headrace.Architecture.Tests;

/// <summary>Inside the server, one API does not reach into another, and what all share knows none of them.</summary>
public sealed class ServerTests
{
    private static readonly string[] Apis = ["Kinesis", "Firehose", "Glue", "Logs", "S3", "Sts", "Console"];

    private static readonly ArchUnitNET.Domain.Architecture Server = new ArchLoader().LoadAssemblies(typeof(ServerOptions).Assembly).Build();

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var api in Apis)
            {
                foreach (var other in Apis.Where(other => other != api))
                    pairs.Add(api, other);
                pairs.Add("AwsJson", api);
                pairs.Add("Signing", api);
            }
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void OneDoesNotReachIntoTheOther(string folder, string other)
    {
        IArchRule rule = Types().That().ResideInNamespaceMatching(Within(folder)).Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(Within(other)));
        rule.Evaluate(Server).Where(result => !result.Passed).Select(result => result.Description).ShouldBeEmpty();
    }

    private static string Within(string folder) => $@"^Headrace\.Server\.{folder}(\.|$)";
}
