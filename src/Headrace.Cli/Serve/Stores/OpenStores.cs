using Headrace.Delivery.Destinations;

namespace Headrace.Cli.Serve.Stores;

/// <summary>The stores of a server that runs.</summary>
internal sealed class OpenStores : IDisposable
{
    private readonly Dictionary<string, S3Store> _stores = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, IObjectStore> ByName => _stores.ToDictionary(store => store.Key, IObjectStore (store) => store.Value, StringComparer.Ordinal);

    /// <exception cref="CommandLine.UsageException">One can't be used.</exception>
    public static OpenStores Of(IReadOnlyDictionary<string, StoreSettings> settings)
    {
        var open = new OpenStores();
        foreach (var (name, store) in settings)
            open._stores[name] = S3Store.Open(name, store);
        return open;
    }

    public void Dispose()
    {
        foreach (var store in _stores.Values)
            store.Dispose();
    }
}
