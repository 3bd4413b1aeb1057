using Headrace.Buckets.Bodies;
using Headrace.Buckets.Objects;

namespace Headrace.Buckets;

// Replacing: one object in the place of several.
public sealed partial class BucketStore
{
    /// <summary>
    /// Stores an object under a key that is free and deletes others of its bucket, in one transaction: whoever lists sees either these or
    /// that one. They are deleted as <see cref="DeleteObject"/> does it, so that where versions are kept they leave delete markers.
    /// The writer is used up, but still to be disposed of.
    /// </summary>
    /// <param name="wanted">The new object.</param>
    /// <param name="body">Its bytes.</param>
    /// <param name="replaced">The others, as they were seen.</param>
    /// <returns>The keys of those that are not as they were seen any more; then nothing has changed. None when it was done.</returns>
    /// <exception cref="BucketsException">NoSuchBucket, or PreconditionFailed where the key is taken.</exception>
    public IReadOnlyList<string> ReplaceObjects(NewObject wanted, BodyWriter body, IReadOnlyList<StoredObject> replaced)
    {
        if (replaced.Any(item => item.Bucket != wanted.Bucket))
            throw new ArgumentException("All are of the new object's bucket.", nameof(replaced));
        var stored = Shelve(wanted, body);
        IReadOnlyList<string> changed = [];
        Keep(stored, session =>
        {
            var bucket = BucketTables.GetBucket(session, wanted.Bucket);
            changed = [.. replaced.Where(item => !item.IsUnchanged(BucketTables.FindObject(session, item.Bucket, item.Key))).Select(item => item.Key)];
            if (changed.Count > 0)
                return (stored, stored.Files);
            var (placed, freed) = Placement.Place(session, stored, new WriteCondition(IfNoneMatch: "*"));
            return (placed, [.. freed, .. replaced.SelectMany(item => Removal.Remove(session, bucket, new DeleteRequest(item.Key), Now()).Freed)]);
        });
        return changed;
    }
}
