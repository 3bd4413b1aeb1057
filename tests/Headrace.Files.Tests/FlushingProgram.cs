using System.Runtime.CompilerServices;

namespace Headrace.Files.Tests;

/// <summary>What this program does instead of testing when a file is named to it: writes it, flushes it, says what came of it.</summary>
internal static class FlushingProgram
{
    public const string Variable = "HEADRACE_TEST_FLUSH_FILE";

#pragma warning disable CA2255 // The test runner owns the entry point; this must run before it.
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void RunInstead()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } path)
            return;
        Console.WriteLine(Flush(path));
        Environment.Exit(0);
    }

    private static string Flush(string path)
    {
        try
        {
            using var file = LocalDisk.Instance.Create(path);
            file.Write([1, 2, 3], 0);
            file.Flush();
        }
        catch (DiskException failure)
        {
            return $"flush: {failure.ErrorNumber}";
        }
        try
        {
            LocalDisk.Instance.SyncDirectory(Path.GetDirectoryName(path)!);
        }
        catch (DiskException failure)
        {
            return $"directory: {failure.ErrorNumber}";
        }
        return "flushed";
    }
}
