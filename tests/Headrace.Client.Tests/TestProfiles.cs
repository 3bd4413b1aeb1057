using System.Runtime.CompilerServices;

namespace Headrace.Client.Tests;

/// <summary>
/// The profiles that all tests see instead of the developer's own. They are set before anything else runs, since the AWS library
/// looks the files up once in a process.
/// </summary>
internal static class TestProfiles
{
    [ModuleInitializer]
    public static void Set()
    {
        var directory = Directory.CreateTempSubdirectory("headrace-profiles-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(directory, recursive: true);
        var config = Path.Combine(directory, "config");
        File.WriteAllText(config, "[profile lab]\nregion = eu-west-3\nendpoint_url = http://lab:1\n[profile bare]\nendpoint_url =\n"
            + "[profile strict]\nregion = us-west-1\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\nmax_attempts = 7\n");
        var credentials = Path.Combine(directory, "credentials");
        File.WriteAllText(credentials, "[lab]\naws_access_key_id = FROMFILE\naws_secret_access_key = s\n");
        Environment.SetEnvironmentVariable("AWS_CONFIG_FILE", config);
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", credentials);
    }
}
