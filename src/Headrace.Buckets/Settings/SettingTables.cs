using Headrace.ControlPlane;

namespace Headrace.Buckets.Settings;

/// <summary>Buckets' settings in the control database, each a text by its name.</summary>
internal static class SettingTables
{
    public const string AccessGrants = "access-grants";
    public const string Lifecycle = "lifecycle";
    public const string DefaultRetention = "default-retention";
    public const string Tags = "tags";

    public static string? Find(DatabaseSession session, string bucket, string name) => (string?)session.Scalar(
        "SELECT value FROM bucket_setting WHERE bucket = $bucket AND name = $name", ("$bucket", bucket), ("$name", name));

    /// <summary>Every bucket's setting of that name.</summary>
    public static List<(string Bucket, string Value)> All(DatabaseSession session, string name) => session.Query(
        "SELECT bucket, value FROM bucket_setting WHERE name = $name", row => (row.GetString(0), row.GetString(1)), ("$name", name));

    /// <summary>Null removes it.</summary>
    public static void Save(DatabaseSession session, string bucket, string name, string? value)
    {
        if (value is null)
            session.Execute("DELETE FROM bucket_setting WHERE bucket = $bucket AND name = $name", ("$bucket", bucket), ("$name", name));
        else
            session.Execute("INSERT OR REPLACE INTO bucket_setting VALUES ($bucket, $name, $value)", ("$bucket", bucket), ("$name", name), ("$value", value));
    }
}
