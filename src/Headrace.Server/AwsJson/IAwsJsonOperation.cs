namespace Headrace.Server.AwsJson;

/// <summary>One operation of an AWS JSON service, such as <c>Kinesis_20131202.PutRecord</c>.</summary>
internal interface IAwsJsonOperation
{
    /// <summary>The operation's name in the API.</summary>
    string Name { get; }

    /// <summary>Parses, validates, calls the domain, answers.</summary>
    ValueTask HandleAsync(AwsJsonRequest request);
}
