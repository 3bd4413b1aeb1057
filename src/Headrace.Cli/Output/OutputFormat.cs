namespace Headrace.Cli.Output;

/// <summary>How results are written: for people, or one JSON object a line for programs.</summary>
internal enum OutputFormat
{
    Text,
    Json,
}
