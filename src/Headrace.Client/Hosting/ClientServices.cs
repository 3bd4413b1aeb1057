using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Headrace.Client;

/// <summary>Registers the library's parts with a host's services.</summary>
public static class ClientServices
{
    /// <summary>
    /// Registers one <see cref="KinesisClient"/> and one <see cref="FirehoseClient"/>, which log to the host, and the <see cref="ClientOptions"/> that they have.
    /// May be called again: each call's change is made to what the ones before it made of the options.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Changes the options, as in <c>options => options with { Region = "eu-west-1" }</c>.</param>
    public static IServiceCollection AddHeadraceClient(this IServiceCollection services, Func<ClientOptions, ClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
            services.AddSingleton(new ClientOptionsChange(configure));
        services.TryAddSingleton(static provider =>
        {
            var options = new ClientOptions { LoggerFactory = provider.GetService<ILoggerFactory>() };
            return provider.GetServices<ClientOptionsChange>().Aggregate(options, static (changed, change) => change.Apply(changed));
        });
        services.TryAddSingleton(static provider => new KinesisClient(provider.GetRequiredService<ClientOptions>()));
        services.TryAddSingleton(static provider => new FirehoseClient(provider.GetRequiredService<ClientOptions>()));
        return services;
    }

    /// <summary>
    /// Registers a <see cref="Producer"/> into a stream, under the stream's name as its key; the first one also without a key. When the host ends, what it
    /// has taken is put before it goes.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="options">How it gathers records.</param>
    public static IServiceCollection AddHeadraceProducer(this IServiceCollection services, string stream, ProducerOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(stream);
        services.AddHeadraceClient();
        services.AddKeyedSingleton(stream, (provider, _) => new Producer(provider.GetRequiredService<KinesisClient>(), stream, options));
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<Producer>(stream));
        return services;
    }
}
