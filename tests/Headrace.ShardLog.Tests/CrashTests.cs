using System.Globalization;
using CsCheck;
using Headrace.ShardLog.Tests.Disks;

namespace Headrace.ShardLog.Tests;

/// <summary>
/// Refused operations and power failures in any order: what was acknowledged is there, in its place, and nothing else before it.
/// <c>HISTORIES=n</c> in the environment runs more of them; a failure prints its seed.
/// </summary>
public sealed class CrashTests
{
    private static readonly int Histories = int.Parse(Environment.GetEnvironmentVariable("HISTORIES") ?? "400", CultureInfo.InvariantCulture);

    [Fact]
    public void NothingAcknowledgedIsLostWhateverFails() =>
        Gen.Int[0, int.MaxValue - 1].Sample(seed => RunAsync(new Random(seed)).GetAwaiter().GetResult(), iter: Histories);

    private static async Task RunAsync(Random random)
    {
        var disk = new SimulatedDisk();
        var acknowledged = new List<string>();
        var attempts = new List<string[]>();
        for (var life = 0; life < 4; life++)
        {
            var rig = LogRig.Open(disk, segmentBytes: 700 << (3 * (life % 2)), tailBytes: 200, directBytes: random.Next(2) == 0 ? int.MaxValue : 200);
            var found = await rig.ReadAsync(1);
            Verify(found, acknowledged, attempts);
            // What recovery serves, it must never lose again.
            acknowledged = found;
            attempts = [];
            var faultiness = random.Next(3) * 0.08;
            disk.Refuse = (operation, _) => operation is not (DiskOperation.Read or DiskOperation.Open) && random.NextDouble() < faultiness
                ? new DiskFault()
                : null;
            for (var step = 0; step < 25; step++)
                await StepAsync(rig, random, acknowledged, attempts);
            disk.Refuse = null;
            (await rig.ReadAsync(1)).ShouldBe(acknowledged);
            disk = random.Next(2) == 0 ? disk.AfterPowerFailure(random) : disk.AfterKill();
        }
    }

    private static async Task StepAsync(LogRig rig, Random random, List<string> acknowledged, List<string[]> attempts)
    {
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        if (random.Next(10) == 0)
        {
            // Rolls to a new segment, or fails to; the clock's time deletes nothing that was appended in it.
            await TryAsync(() => rig.Log.TrimAsync(DateTimeOffset.UnixEpoch.AddDays(1).ToUnixTimeMilliseconds(), CancellationToken.None).AsTask());
            return;
        }
        var records = Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{random.Next()}{new string('.', random.Next(120))}").ToArray();
        if (await TryAsync(() => rig.AppendAsync(1, records)))
        {
            acknowledged.AddRange(records);
            attempts.Clear();
        }
        else
        {
            attempts.Add(records);
        }
    }

    private static async Task<bool> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Behind what was acknowledged, the records of one append that failed since may be found too: all of them or none.</summary>
    private static void Verify(List<string> found, List<string> acknowledged, List<string[]> attempts)
    {
        found.Take(acknowledged.Count).ShouldBe(acknowledged);
        var rest = found.Skip(acknowledged.Count).ToArray();
        (rest.Length == 0 || attempts.Any(attempt => attempt.SequenceEqual(rest, StringComparer.Ordinal))).ShouldBeTrue();
    }

    private sealed class DiskFault() : IOException("The disk refuses.");
}
