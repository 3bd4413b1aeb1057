// The yardstick: what Kestrel itself costs. Reads every body to its end, keeps nothing, answers {}; GET /N answers N bytes.
// With a folder, a PUT below /files/ writes its body into a file there and flushes it, and a GET sends the file.
using System.Globalization;
using System.Net;
using Headrace.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

const int PieceBytes = 64 << 10;
const string Files = "/files/";
var folder = args is [var given] ? given : null;
var answer = "{}"u8.ToArray();
var piece = new byte[PieceBytes];
Array.Fill(piece, (byte)'A');
var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.Services.AddRoutingCore();
builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = null;
    kestrel.Limits.MinRequestBodyDataRate = null;
    kestrel.Limits.MinResponseDataRate = null;
    kestrel.Listen(IPAddress.Loopback, 0);
});
await using var web = builder.Build();
((IApplicationBuilder)web).Run(async http =>
{
    if (folder is not null && http.Request.Path.Value!.StartsWith(Files, StringComparison.Ordinal))
    {
        var path = Path.Combine(folder, Path.GetFileName(http.Request.Path.Value));
        if (HttpMethods.IsGet(http.Request.Method))
        {
            http.Response.ContentLength = new FileInfo(path).Length;
            await http.Response.SendFileAsync(path, http.RequestAborted);
            return;
        }
        using (var file = LocalDisk.Instance.Create(path))
        {
            var at = 0L;
            while (true)
            {
                var read = await http.Request.BodyReader.ReadAsync(http.RequestAborted);
                foreach (var part in read.Buffer)
                {
                    file.Write(part.Span, at);
                    at += part.Length;
                }
                http.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    break;
            }
            file.Flush();
        }
        LocalDisk.Instance.SyncDirectory(folder);
        http.Response.ContentLength = 0;
        return;
    }
    if (HttpMethods.IsGet(http.Request.Method))
    {
        var left = int.Parse(http.Request.Path.Value.AsSpan(1), CultureInfo.InvariantCulture);
        http.Response.ContentLength = left;
        for (; left > 0; left -= PieceBytes)
            await http.Response.BodyWriter.WriteAsync(piece.AsMemory(0, Math.Min(left, PieceBytes)), http.RequestAborted);
        return;
    }
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
