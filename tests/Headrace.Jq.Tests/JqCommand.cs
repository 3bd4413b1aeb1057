using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Headrace.Jq.Tests;

/// <summary>Debian's jq command over many lines at once: its outputs, and its errors without the place in the input.</summary>
internal static partial class JqCommand
{
    public static (List<string> Outputs, List<string> Errors) Run(string filter, IReadOnlyList<string> lines)
    {
        var input = Path.GetTempFileName();
        File.WriteAllText(input, string.Join('\n', lines) + "\n", new UTF8Encoding(false));
        try
        {
            var start = new ProcessStartInfo("jq") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8 };
            foreach (var argument in new[] { "-c", filter, input })
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var outputs = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return ([.. outputs.Split('\n', StringSplitOptions.RemoveEmptyEntries)], [.. Place().Split(errors.Result).Skip(1).Select(error => error.TrimEnd('\n'))]);
        }
        finally
        {
            File.Delete(input);
        }
    }

    [GeneratedRegex(@"^jq: error \(at [^)]*\):? ", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Place();
}
