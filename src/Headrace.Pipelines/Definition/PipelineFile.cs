using Headrace.Client;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Headrace.Pipelines;

/// <summary>Reads a pipeline from YAML, as docs/pipelines.md describes it. Everything in it is checked at once, jq expressions too.</summary>
public static class PipelineFile
{
    /// <exception cref="PipelineFileException">The file is wrong; every error names its line and column.</exception>
    /// <exception cref="Jq.LibjqMissingException">It has jq expressions, and jq is not installed.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PipelinePlan Load(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Parses a pipeline's text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="path">What errors call it; relative files of the pipeline are looked for beside it.</param>
    /// <exception cref="PipelineFileException">The text is wrong; every error names its line and column.</exception>
    public static PipelinePlan Parse(string text, string path)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(path);
        var errors = new PipelineFileErrors(path);
        var plan = Root(text, errors) is { } root ? Read(root, path) : null;
        errors.ThrowIfAny();
        return plan!;
    }

    private static YamlSection? Root(string text, PipelineFileErrors errors)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents is [{ RootNode: YamlMappingNode root }])
                return new YamlSection(root, errors);
            errors.Add(1, 1, "a pipeline is one YAML document with the keys source, routes and destinations");
        }
        catch (YamlException e)
        {
            errors.Add(e.Start.Line, e.Start.Column, $"no valid YAML: {(e.InnerException ?? e).Message.ReplaceLineEndings(" ")}");
        }
        return null;
    }

    private static PipelinePlan? Read(YamlSection root, string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var name = root.Text("name") ?? Path.GetFileNameWithoutExtension(path);
        var source = root.Require("source") is { } node && root.Section(node, "source") is { } section ? Source(section) : null;
        var steps = new StepsReader(root.Errors, folder).Read(root.Find("steps"));
        CheckRetrieval(root, source, steps);
        var destinations = root.Require("destinations") is { } where ? DestinationsReader.Read(root, where) : [];
        var routes = root.Require("routes") is { } ways ? RoutesReader.Read(root, ways, destinations) : [];
        var deadLetter = root.Find("dead-letter") is { } dead ? DeadLetter(root, dead) : null;
        var (checkpoints, failover) = root.Find("checkpoints") is { } kept && root.Section(kept, "checkpoints") is { } store ? CheckpointsReader.Read(store) : default;
        var parallelism = root.Count("parallelism", 1, 256);
        var onError = OnError(root);
        root.EndOfKeys();
        return source is null
            ? null
            : new PipelinePlan(name, source, steps, routes, destinations)
            {
                DeadLetter = deadLetter ?? "dead-letter.ndjson",
                CheckpointStore = checkpoints,
                FailoverTime = failover,
                Parallelism = parallelism ?? Environment.ProcessorCount,
                OnError = onError,
            };
    }

    private static PipelineSource? Source(YamlSection section)
    {
        var stream = section.RequireText("stream");
        var from = StartingPosition.TrimHorizon;
        if (section.Text("from") is { } text)
        {
            try
            {
                from = StartingPosition.Parse(text);
            }
            catch (FormatException e)
            {
                section.Errors.Add(section.Find("from")!, e.Message);
            }
        }
        var group = section.Text("group") ?? "etl";
        var retrieval = Retrieval(section);
        section.EndOfKeys();
        return stream is null ? null : new PipelineSource(stream) { From = from, Group = group, Retrieval = retrieval };
    }

    private static RetrievalMode Retrieval(YamlSection section)
    {
        switch (section.Text("mode"))
        {
            case null:
                return RetrievalMode.Automatic;
            case "push":
                return RetrievalMode.FanOut;
            case "poll":
                return RetrievalMode.Polling;
            case var other:
                section.Errors.Add(section.Find("mode")!, $"'mode' must be push or poll, not '{other}'");
                return RetrievalMode.Automatic;
        }
    }

    /// <summary>What remembers the records of all shards reads them by itself, and needs them in no hurry.</summary>
    private static void CheckRetrieval(YamlSection root, PipelineSource? source, IReadOnlyList<StepDefinition> steps)
    {
        if (source is { Retrieval: RetrievalMode.FanOut } && steps.FirstOrDefault(step => step.IsStateful) is { } stateful && root.Find("source") is { } node)
            root.Errors.Add(node, $"records cannot be pushed to a pipeline whose {stateful.Stage} remembers those of all shards: leave 'mode' out");
    }

    private static string? DeadLetter(YamlSection root, YamlNode node)
    {
        if (root.Section(node, "dead-letter") is not { } section)
            return null;
        var (file, stream, bucket) = (section.Text("file"), section.Text("stream"), section.Text("bucket"));
        section.EndOfKeys();
        if (new[] { file, stream, bucket }.Count(place => place is not null) != 1)
            section.Errors.Add(node, "'dead-letter' must name either a file, a stream or a bucket");
        return file ?? DestinationsReader.Bucket(section, bucket)?.ToString() ?? $"stream:{stream}";
    }

    private static ErrorPolicy OnError(YamlSection root)
    {
        switch (root.Text("on-error"))
        {
            case null or "dead-letter":
                return ErrorPolicy.DeadLetter;
            case "stop":
                return ErrorPolicy.Stop;
            case var other:
                root.Errors.Add(root.Find("on-error")!, $"'on-error' must be dead-letter or stop, not '{other}'");
                return ErrorPolicy.DeadLetter;
        }
    }
}
