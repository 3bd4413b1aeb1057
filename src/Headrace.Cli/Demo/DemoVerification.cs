using System.Text.Json;

namespace Headrace.Cli.Demo;

/// <summary>
/// Counts what came out against what went in: every record produced must be delivered once, transformed, to the bucket of
/// its country, or be in the dead letters once. Records of other runs are left out. Not thread-safe.
/// </summary>
internal sealed class DemoVerification(ProducedRecords produced)
{
    private const int ExamplesKept = 3;

    private readonly Dictionary<RecordIdentity, int> _arrived = [];
    private readonly Dictionary<string, long> _delivered = [];
    private readonly List<string> _faults = [];

    /// <summary>Records of this run that were found in buckets or dead letters, copies included.</summary>
    public long Arrived { get; private set; }

    public long DeadLettered { get; private set; }

    /// <summary>Records in a bucket where they do not belong.</summary>
    public long Misrouted { get; private set; }

    /// <summary>Delivered records that lack a member of the transform, or have a wrong value in one.</summary>
    public long Untransformed { get; private set; }

    /// <summary>A delivered record of this run, to show; null until there is one.</summary>
    public string? Sample { get; private set; }

    /// <summary>Some of the faults, in words.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public long DeliveredTo(string side) => _delivered.GetValueOrDefault(side);

    /// <summary>Takes one object that was delivered to <paramref name="side"/>.</summary>
    public void AddObject(DemoSide side, string key, ReadOnlyMemory<byte> content)
    {
        try
        {
            DeliveredRecords.Split(content, record => AddDelivered(side, record));
        }
        catch (JsonException mistake)
        {
            AddFault($"s3://{side.Bucket}/{key} is not a row of JSON records: {mistake.Message}");
            Untransformed++;
        }
    }

    /// <summary>Takes one record that the ETL put aside, as it was produced.</summary>
    public void AddDeadLetter(ReadOnlyMemory<byte> record)
    {
        var identity = RecordIdentity.Of(record);
        if (produced.TimesProduced(identity) == 0)
            return;
        DeadLettered++;
        Arrive(identity);
    }

    /// <summary>Compares the whole; call it when nothing more is expected.</summary>
    public DemoResult Conclude()
    {
        long missing = 0;
        long copies = 0;
        foreach (var (identity, times) in produced.Snapshot())
        {
            var arrived = _arrived.GetValueOrDefault(identity);
            missing += Math.Max(times - arrived, 0);
            copies += Math.Max(arrived - times, 0);
            if (arrived != times)
                AddFault($"session '{identity.SessionId}' was produced {times} times and arrived {arrived} times");
        }
        return new DemoResult(missing, copies, Misrouted, Untransformed);
    }

    private void AddDelivered(DemoSide side, ReadOnlyMemory<byte> record)
    {
        using var document = JsonDocument.Parse(record);
        var root = document.RootElement;
        var identity = RecordIdentity.Of(root);
        if (produced.TimesProduced(identity) == 0)
            return;
        _delivered[side.Name] = DeliveredTo(side.Name) + 1;
        Arrive(identity);
        var country = root.TryGetProperty("country", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (DemoNames.SideOf(country) != side.Name)
        {
            Misrouted++;
            AddFault($"session '{identity.SessionId}' of {country ?? "no country"} was delivered to {side.Bucket}");
        }
        if (!LabTransform.IsApplied(root))
        {
            Untransformed++;
            AddFault($"session '{identity.SessionId}' was delivered without the right members of the transform");
        }
        Sample ??= System.Text.Encoding.UTF8.GetString(record.Span);
    }

    private void Arrive(RecordIdentity identity)
    {
        Arrived++;
        _arrived[identity] = _arrived.GetValueOrDefault(identity) + 1;
    }

    private void AddFault(string fault)
    {
        if (_faults.Count < ExamplesKept)
            _faults.Add(fault);
    }
}
