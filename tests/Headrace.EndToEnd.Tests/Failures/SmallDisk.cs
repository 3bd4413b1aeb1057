using System.Diagnostics;
using Headrace.EndToEnd.Tests.Processes;

namespace Headrace.EndToEnd.Tests.Failures;

/// <summary>
/// A small file system in memory that only one server sees, mounted over its data directory, so that it can be full without
/// harm to anybody. Where the system does not let a user mount one, the test that wants it is skipped.
/// </summary>
internal sealed class SmallDisk(ServerProcess server)
{
    private string Ballast => $"/proc/{server.ProcessId}/root{server.Data}/ballast";

    /// <summary>Starts a server on such a disk; disposing of it gives the disk back. It cannot be restarted: its disk goes with it.</summary>
    public static async Task<ServerProcess> StartServerAsync(TemporaryFolder folder, int mebibytes)
    {
        var data = Directory.CreateDirectory(folder.At("data")).FullName;
        string[] launcher = ["unshare", "--map-root-user", "--mount", "sh", "-c", $"mount -t tmpfs -o size={mebibytes}m none \"$0\" && exec \"$@\"", data];
        await SkipUnlessPossibleAsync([.. launcher, "true"]);
        return await ServerProcess.StartAsync(data, launcher: launcher);
    }

    /// <summary>Takes every byte that is left.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        for (var size = 64 * 1024; size > 0; size /= 2)
        {
            try
            {
                while (true)
                    ballast.Write(new byte[size]);
            }
            catch (IOException)
            {
                // Full; a smaller piece may still fit.
            }
        }
    }

    /// <summary>Gives the room back.</summary>
    public void Free() => File.Delete(Ballast);

    private static async Task SkipUnlessPossibleAsync(string[] line)
    {
        try
        {
            await using var trial = RunningProcess.Start(new ProcessStartInfo(line[0], line[1..])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            var result = await trial.EndAsync();
            Assert.SkipUnless(result.ExitCode == 0, $"no file system may be mounted here: {result.Error}");
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            Assert.Skip(missing.Message);
        }
    }
}
