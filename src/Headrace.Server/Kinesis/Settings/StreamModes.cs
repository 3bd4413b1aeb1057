using Headrace.Streams;

namespace Headrace.Server.Kinesis.Settings;

/// <summary>Stream modes by their names on the wire.</summary>
internal static class StreamModes
{
    public static readonly string[] Names = ["PROVISIONED", "ON_DEMAND"];

    public static StreamMode Parse(string name) => name == "ON_DEMAND" ? StreamMode.OnDemand : StreamMode.Provisioned;

    public static string WireName(this StreamMode mode) => mode == StreamMode.OnDemand ? "ON_DEMAND" : "PROVISIONED";
}
