using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Headrace.Pipelines;

/// <summary>
/// Names the producers under which a pipeline puts its outputs: the same over all of its runs, and another for each source shard and
/// each way that records leave on. A group of its own, or a source that was made anew, numbers anew, and so has other names.
/// </summary>
internal sealed class ProducerNames
{
    private const int ReadableLetters = 40;
    private const int HashBytes = 10;

    private readonly string _readable;
    private readonly string _identity;

    /// <param name="plan">The pipeline.</param>
    /// <param name="created">When its source was created.</param>
    public ProducerNames(PipelinePlan plan, DateTimeOffset created)
    {
        _readable = string.Concat(plan.Name.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.').Take(ReadableLetters));
        _identity = string.Join('\n', plan.Name, plan.Source.Group, plan.Source.Stream, created.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A name for what leaves without numbers too: one that nobody else has.</summary>
    public static string Of(ProducerNames? names, string shardId, string way) => names?.Of(shardId, way) ?? $"etl:replay:{Guid.CreateVersion7():n}:all";

    /// <summary>The name for what comes of one shard's records and leaves on one way: into a destination, or to the dead letters.</summary>
    public string Of(string shardId, string way)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', _identity, shardId, way)));
        return $"etl:{_readable}:{Convert.ToHexStringLower(hash.AsSpan(0, HashBytes))}:{shardId}";
    }
}
