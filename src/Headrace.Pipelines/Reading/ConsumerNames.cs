using System.Security.Cryptography;
using System.Text;

namespace Headrace.Pipelines;

/// <summary>Names the registered consumer to which a pipeline's records are pushed: the same for all of a group.</summary>
internal static class ConsumerNames
{
    private const int ReadableLetters = 100;
    private const int HashBytes = 6;

    public static string Of(PipelinePlan plan)
    {
        var name = $"etl-{plan.Name}-{plan.Source.Group}";
        var readable = string.Concat(name.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.').Take(ReadableLetters));
        // What was left out still tells two of them apart.
        return readable == name ? name : $"{readable}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, HashBytes))}";
    }
}
