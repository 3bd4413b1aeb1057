using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Headrace.Buckets.Access;
using Headrace.Buckets.Retention;
using Headrace.Buckets.Settings;
using Headrace.Buckets.Versions;
using Headrace.ControlPlane;

namespace Headrace.Buckets;

// Settings of a bucket: documents, tags, grants, versions, retention.
public sealed partial class BucketStore
{
    // As in the database, with null for what is not set there: every request asks for some of them.
    private readonly ConcurrentDictionary<(string Bucket, string Name), string?> _settings = [];
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly Lock _settingsLock = new();

    /// <summary>A document as it was put; null where there is none.</summary>
    public string? GetSetting(string bucket, BucketSetting setting) => GetSetting(bucket, setting.ToString());

    /// <summary>Keeps a document; null removes it.</summary>
    public void SetSetting(string bucket, BucketSetting setting, string? document) => SetSetting(bucket, setting.ToString(), document);

    /// <summary>A bucket's tags; null where there are none.</summary>
    public Dictionary<string, string>? GetBucketTags(string bucket) => GetSetting(bucket, SettingTables.Tags, SettingsJson.Default.DictionaryStringString);

    public void SetBucketTags(string bucket, Dictionary<string, string>? tags) => SetSetting(bucket, SettingTables.Tags, tags, SettingsJson.Default.DictionaryStringString);

    /// <summary>Who may use a bucket; null for its owner alone.</summary>
    public IReadOnlyList<AccessGrant>? GetBucketGrants(string bucket) => GetSetting(bucket, SettingTables.AccessGrants, SettingsJson.Default.IReadOnlyListAccessGrant);

    public void SetBucketGrants(string bucket, IReadOnlyList<AccessGrant>? grants) => SetSetting(bucket, SettingTables.AccessGrants, grants, SettingsJson.Default.IReadOnlyListAccessGrant);

    /// <summary>Enables or suspends versions.</summary>
    public void SetVersioning(string bucket, VersioningState state) => Write(session =>
    {
        if (BucketTables.GetBucket(session, bucket).LocksObjects && state != VersioningState.Enabled)
        {
            throw new BucketsException(
                BucketsFault.InvalidBucketState, "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.")
            { Resource = bucket };
        }
        BucketTables.SaveVersioning(session, bucket, state);
        return bucket;
    }, after: ForgetSettings);

    /// <summary>Lets objects of a bucket that keeps versions be locked, and says what new ones are retained by.</summary>
    public void SetObjectLock(string bucket, DefaultRetention? retention)
    {
        Write(session => SaveObjectLock(session, bucket, retention));
        ForgetSettings(bucket);
    }

    public DefaultRetention? GetDefaultRetention(string bucket) => GetSetting(bucket, SettingTables.DefaultRetention, SettingsJson.Default.DefaultRetention);

    private static string SaveObjectLock(DatabaseSession session, string bucket, DefaultRetention? retention)
    {
        if (BucketTables.GetBucket(session, bucket).Versioning != VersioningState.Enabled)
        {
            throw new BucketsException(
                BucketsFault.InvalidBucketState, "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration")
            { Resource = bucket };
        }
        BucketTables.SaveObjectLock(session, bucket);
        SettingTables.Save(session, bucket, SettingTables.DefaultRetention, ToText(retention, SettingsJson.Default.DefaultRetention));
        return bucket;
    }

    private static string? ToText<T>(T? value, JsonTypeInfo<T> type)
        where T : class => value is null ? null : JsonSerializer.Serialize(value, type);

    private static T? FromText<T>(string? text, JsonTypeInfo<T> type)
        where T : class => text is null ? null : JsonSerializer.Deserialize(text, type);

    private T? GetSetting<T>(string bucket, string name, JsonTypeInfo<T> type)
        where T : class => FromText(GetSetting(bucket, name), type);

    private void SetSetting<T>(string bucket, string name, T? value, JsonTypeInfo<T> type)
        where T : class => SetSetting(bucket, name, ToText(value, type));

    private string? GetSetting(string bucket, string name)
    {
        if (_settings.TryGetValue((bucket, name), out var known))
            return known;
        lock (_settingsLock)
        {
            var found = Read(session =>
            {
                BucketTables.GetBucket(session, bucket);
                return SettingTables.Find(session, bucket, name);
            });
            return _settings[(bucket, name)] = found;
        }
    }

    private void SetSetting(string bucket, string name, string? value)
    {
        lock (_settingsLock)
        {
            Write(session =>
            {
                BucketTables.GetBucket(session, bucket);
                SettingTables.Save(session, bucket, name, value);
                return name;
            });
            _settings[(bucket, name)] = value;
        }
    }

    private void ForgetSettings(string bucket)
    {
        lock (_settingsLock)
        {
            _buckets.TryRemove(bucket, out _);
            foreach (var key in _settings.Keys.Where(key => key.Bucket == bucket))
                _settings.TryRemove(key, out _);
        }
    }
}
