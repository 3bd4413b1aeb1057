namespace Headrace.Cli.Demo;

/// <summary>One side of the lab's routing: its data stream, its bucket and the delivery stream between them.</summary>
/// <param name="Name">The routing name, <c>USA</c> or <c>International</c>.</param>
/// <param name="Stream">Data stream that the ETL writes to.</param>
/// <param name="DeliveryStream">Delivery stream that reads <paramref name="Stream"/>.</param>
/// <param name="Bucket">Where delivered objects go.</param>
internal sealed record DemoSide(string Name, string Stream, string DeliveryStream, string Bucket)
{
    public const string Usa = "USA";
    public const string International = "International";
    public const string Prefix = "firehose/";
    public const string ErrorPrefix = "errors/";
}
