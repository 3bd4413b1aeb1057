using System.Net;

namespace Headrace.Cli.Demo;

/// <summary>How a demo runs.</summary>
/// <param name="Count">Sessions to make up; not used with a file.</param>
/// <param name="File">A person's own NDJSON in place of made-up sessions; null for none.</param>
/// <param name="Data">The data folder to use and keep; null for one that is removed at the end.</param>
/// <param name="Listen">Where the server listens; port 0 takes a free one.</param>
/// <param name="KeepServing">True when the server stays up after the report until the user stops it.</param>
internal sealed record DemoSettings(long Count, string? File, string? Data, IPEndPoint Listen, bool KeepServing);
