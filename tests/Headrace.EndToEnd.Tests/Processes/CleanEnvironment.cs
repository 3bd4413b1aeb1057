using System.Diagnostics;

namespace Headrace.EndToEnd.Tests.Processes;

/// <summary>The environment of every process that the tests start: nobody's AWS settings, credentials that mean nothing.</summary>
internal static class CleanEnvironment
{
    public const string Region = "us-east-1";

    /// <summary>Removes what could lead a client elsewhere, then sets <paramref name="further"/>.</summary>
    public static void Apply(ProcessStartInfo start, IReadOnlyDictionary<string, string>? further = null)
    {
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("AWS_", StringComparison.Ordinal) || name.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["AWS_ACCESS_KEY_ID"] = "test";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        start.Environment["AWS_REGION"] = Region;
        start.Environment["AWS_DEFAULT_REGION"] = Region;
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_CONFIG_FILE"] = "/nonexistent/config";
        start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent/credentials";
        foreach (var (name, value) in further ?? new Dictionary<string, string>())
            start.Environment[name] = value;
    }
}
