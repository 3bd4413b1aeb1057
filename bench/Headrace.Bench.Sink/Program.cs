// The yardstick: what Kestrel itself costs. Reads every body to its end, keeps nothing, answers {}.
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var answer = "{}"u8.ToArray();
var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.Services.AddRoutingCore();
builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MinRequestBodyDataRate = null;
    kestrel.Limits.MinResponseDataRate = null;
    kestrel.Listen(IPAddress.Loopback, 0);
});
await using var web = builder.Build();
((IApplicationBuilder)web).Run(async http =>
{
    var body = http.Request.BodyReader;
    while (true)
    {
        var read = await body.ReadAsync(http.RequestAborted);
        body.AdvanceTo(read.Buffer.End);
        if (read.IsCompleted)
            break;
    }
    http.Response.ContentType = "application/x-amz-json-1.1";
    http.Response.ContentLength = answer.Length;
    await http.Response.BodyWriter.WriteAsync(answer, http.RequestAborted);
});
await web.StartAsync();
Console.WriteLine(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
await web.WaitForShutdownAsync();
