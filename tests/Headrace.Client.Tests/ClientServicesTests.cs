using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headrace.Client.Tests;

public sealed class ClientServicesTests
{
    [Fact]
    public async Task Clients_have_the_options_of_all_calls_and_the_hosts_log()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddHeadraceProducer("orders");
        services.AddHeadraceClient(options => options with { EndpointUrl = new Uri("http://here:1"), Region = "eu-west-1" });
        services.AddHeadraceClient(options => options with { Region = "eu-west-2" });
        await using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<ClientOptions>();
        (options.EndpointUrl!.Host, options.Region, options.LoggerFactory).ShouldBe(("here", "eu-west-2", NullLoggerFactory.Instance));
        provider.GetRequiredService<KinesisClient>().Endpoint.Host.ShouldBe("here");
        provider.GetRequiredService<FirehoseClient>().Endpoint.Host.ShouldBe("here");
        provider.GetRequiredService<KinesisClient>().ShouldBeSameAs(provider.GetRequiredService<KinesisClient>());
    }

    [Fact]
    public async Task Each_stream_has_a_producer_which_ends_with_the_host()
    {
        var services = new ServiceCollection();
        services.AddHeadraceProducer("orders").AddHeadraceProducer("returns");
        var provider = services.BuildServiceProvider();
        var orders = provider.GetRequiredKeyedService<Producer>("orders");
        provider.GetRequiredService<Producer>().ShouldBeSameAs(orders);
        provider.GetRequiredKeyedService<Producer>("returns").ShouldNotBeSameAs(orders);

        await provider.DisposeAsync();
        await Should.ThrowAsync<ObjectDisposedException>(async () => await orders.EnqueueAsync(new byte[1], "k"));
    }
}
