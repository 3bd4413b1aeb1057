using Headrace.Files;
using Microsoft.Data.Sqlite;

namespace Headrace.Buckets;

/// <summary>Tells callers of the store in its own words what the disk or the database refused.</summary>
internal static class StorageFaults
{
    private const int DatabaseFull = 13;

    public delegate void SpanAction(ReadOnlySpan<byte> bytes);

    public static void Translate(ReadOnlySpan<byte> bytes, SpanAction action)
    {
        try
        {
            action(bytes);
        }
        catch (Exception failure) when (IsOfStorage(failure))
        {
            throw Describe(failure);
        }
    }

    public static void Translate(Action action) => Translate([], _ => action());

    public static T Translate<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception failure) when (IsOfStorage(failure))
        {
            throw Describe(failure);
        }
    }

    private static bool IsOfStorage(Exception failure) => failure is IOException or UnauthorizedAccessException or SqliteException;

    public static BucketsException Describe(Exception failure) => failure switch
    {
        IOException io when DiskException.MeansDiskFull(io) => Full(io),
        SqliteException { SqliteErrorCode: DatabaseFull } full => Full(full),
        _ => new BucketsException(BucketsFault.StorageFailed, $"The disk refused: {failure.Message}", failure),
    };

    private static BucketsException Full(Exception cause) =>
        new(BucketsFault.StorageFull, "The disk has no room left; nothing was stored.", cause);
}
