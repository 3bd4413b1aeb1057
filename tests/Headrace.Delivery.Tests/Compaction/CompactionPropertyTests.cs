using System.Globalization;
using System.Text;
using CsCheck;
using Headrace.Buckets;
using Headrace.Buckets.Objects;
using Headrace.Delivery.Destinations;

namespace Headrace.Delivery.Tests.Compaction;

public class CompactionPropertyTests
{
    private enum Deed
    {
        Deliver,
        DeliverMore,
        Overwrite,
        Delete,
        Tag,
        Restart,
        Wait,
    }

    [Fact]
    public Task Whatever_is_merged_and_whoever_meddles_records_stay_once_in_their_order_and_what_is_others_stays() =>
        Gen.Select(
            Gen.Enum<CompressionFormat>(),
            Gen.Select(Gen.Enum<Deed>(), Gen.Int[1, 300], Gen.Int[0, 99]).Array[5, 40])
        .SampleAsync(
            async (compression, deeds) =>
            {
                await using var rig = await DeliveryRig.StartAsync(ownBuckets: true);
                rig.Time.Advance(TimeSpan.FromSeconds(2));
                await rig.CreateAsync(destination: DeliveryRig.To(seconds: 0) with { Compression = compression }, tags: Lake.Tags("1KB", "10s"));
                var meddling = new Meddling(rig, compression);
                foreach (var (deed, size, choice) in deeds)
                {
                    await DoAsync(rig, meddling, deed, size, choice);
                    meddling.Hold();
                }
                await rig.RunUntilAsync(() => Merged(rig, meddling));
                meddling.Hold();
            },
            iter: 10,
            threads: 1);

    private static async Task DoAsync(DeliveryRig rig, Meddling meddling, Deed deed, int size, int choice)
    {
        switch (deed)
        {
            case Deed.Deliver:
            case Deed.DeliverMore:
                for (var i = 0; i < (deed == Deed.Deliver ? 1 : 4); i++)
                    await meddling.DeliverAsync(size);
                break;
            case Deed.Overwrite:
                meddling.Overwrite(choice);
                break;
            case Deed.Delete:
                meddling.Delete(choice);
                break;
            case Deed.Tag:
                meddling.Tag(choice);
                break;
            case Deed.Restart:
                await rig.RestartAsync();
                meddling.Restarted();
                break;
            default:
                rig.Time.Advance(TimeSpan.FromSeconds(size / 10.0));
                break;
        }
    }

    /// <summary>True once at most one small object waits for others.</summary>
    private static bool Merged(DeliveryRig rig, Meddling meddling) => rig.SmallObjects() <= 1 || !meddling.HasDelivered;

    /// <summary>Delivers numbered lines, and does to the objects what others may do. Knows what must be there.</summary>
    private sealed class Meddling(DeliveryRig rig, CompressionFormat compression)
    {
        private readonly SortedSet<string> _lines = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _others = new(StringComparer.Ordinal);
        private Lake _lake = new(rig.Buckets!);
        private int _delivered;

        public bool HasDelivered => _delivered > 0;

        public void Restarted() => _lake = new Lake(rig.Buckets!);

        public async Task DeliverAsync(int size)
        {
            var line = _delivered.ToString("D6", CultureInfo.InvariantCulture) + new string('.', size);
            _lines.Add(line);
            _delivered++;
            await rig.PutAsync("fire", line + "\n");
            await rig.RunUntilAsync(() => rig.Delivery.Get(DeliveryRig.Scope, "fire").Progress!.DeliveredRecords == _delivered);
        }

        public void Overwrite(int choice) => Change(choice, (found, lines) =>
        {
            using var body = rig.Buckets!.NewBody();
            body.Write("mine"u8);
            rig.Buckets.PutObject(new NewObject { Bucket = DeliveryRig.Bucket, Key = found.Key }, body, new WriteCondition(IfMatch: found.ETag));
            _lines.ExceptWith(lines);
            _others[found.Key] = "mine";
        });

        public void Delete(int choice) => Change(choice, (found, lines) =>
        {
            if (rig.Buckets!.DeleteObjects(DeliveryRig.Bucket, [new DeleteRequest(found.Key, Condition: new WriteCondition(IfMatch: found.ETag))])[0].Refusal is not null || !_lake.IsGone(found.Key))
                return;
            // Whether it was this or a merge that removed it, the lines tell.
            if (!Lines().Any(lines.Contains))
                _lines.ExceptWith(lines);
        });

        public void Tag(int choice) => Change(choice, (found, lines) =>
        {
            rig.Buckets!.SetTags(DeliveryRig.Bucket, found.Key, new Dictionary<string, string> { ["kept"] = "yes" });
            _others[found.Key] = string.Concat(lines.Select(line => line + "\n"));
            _lines.ExceptWith(lines);
        });

        public void Hold()
        {
            foreach (var (key, text) in _others)
                (text == "mine" ? Encoding.UTF8.GetString(_lake.Read(key)) : _lake.Text(key, compression)).ShouldBe(text);
            Lines().Order(StringComparer.Ordinal).ShouldBe(_lines);
        }

        /// <summary>The lines of all objects that nobody touched, each object's in their order.</summary>
        private List<string> Lines()
        {
            while (true)
            {
                try
                {
                    var lines = new List<string>();
                    foreach (var key in _lake.Keys.Where(key => !_others.ContainsKey(key)))
                    {
                        var own = LinesOf(key);
                        own.ShouldBe(own.Order(StringComparer.Ordinal));
                        lines.AddRange(own);
                    }
                    return lines;
                }
                catch (BucketsException gone) when (gone.Fault == BucketsFault.NoSuchKey)
                {
                    // Merged between its listing and its reading.
                }
            }
        }

        private List<string> LinesOf(string key) => [.. _lake.Text(key, compression).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

        private void Change(int choice, Action<StoredObject, List<string>> change)
        {
            var objects = _lake.Objects.Where(found => !_others.ContainsKey(found.Key)).ToList();
            if (objects.Count == 0)
                return;
            var found = objects[choice % objects.Count];
            try
            {
                change(found, LinesOf(found.Key));
            }
            catch (BucketsException gone) when (gone.Fault is BucketsFault.NoSuchKey or BucketsFault.PreconditionFailed)
            {
                // Merged meanwhile, so there is nothing to meddle with.
            }
        }
    }
}
