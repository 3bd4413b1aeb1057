using Headrace.Client;
using Headrace.Examples.HostedService;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddHeadraceClient(options => options with { Region = builder.Configuration["Aws:Region"] });
builder.Services.AddSingleton<ICheckpointStore>(_ => new FileCheckpointStore("orders.checkpoint.json"));
builder.Services.AddHostedService<OrdersService>();
await builder.Build().RunAsync();
