using YamlDotNet.RepresentationModel;

namespace Headrace.Pipelines;

/// <summary>Reads <c>steps:</c>: each is one key, the step's kind, with what it needs.</summary>
internal sealed class StepsReader(PipelineFileErrors errors, string folder)
{
    private const string Kinds = "jq, filter, drop, project, flatten, deduplicate, window, exec or code";

    public IReadOnlyList<StepDefinition> Read(YamlNode? node)
    {
        if (node is null)
            return [];
        if (node is not YamlSequenceNode list)
        {
            errors.Add(node, "'steps' must be a list");
            return [];
        }
        return [.. list.Children.Select((child, index) => Step(child, index)).OfType<StepDefinition>()];
    }

    private StepDefinition? Step(YamlNode node, int index)
    {
        if (node is not YamlMappingNode { Children.Count: 1 } mapping || mapping.Children[0].Key is not YamlScalarNode { Value: { } kind } key)
        {
            errors.Add(node, $"a step is one key: {Kinds}");
            return null;
        }
        var (value, stage) = (mapping.Children[0].Value, $"steps[{index}].{kind}");
        switch (kind)
        {
            case "jq":
                return Expression(value, kind) is { } filter ? new StepDefinition(stage, () => new JqStep(stage, filter)) : null;
            case "filter" or "drop":
                return Expression(value, kind) is { } condition ? new StepDefinition(stage, () => new FilterStep(stage, condition, keep: kind == "filter")) : null;
            case "flatten":
                return Expression(value, kind) is { } array ? new StepDefinition(stage, () => new FlattenStep(stage, array)) : null;
            case "project":
                return Project(value, stage);
            case "deduplicate":
                return Mapping(value, kind) is { } copies ? WindowsReader.Deduplicate(copies, stage) : null;
            case "window":
                return Mapping(value, kind) is { } window ? WindowsReader.Window(window, stage) : null;
            case "exec":
                return Exec(value, stage);
            case "code":
                return Code(value, stage);
            default:
                errors.Add(key, $"unknown step '{kind}'; a step is {Kinds}");
                return null;
        }
    }

    private YamlSection? Mapping(YamlNode value, string kind)
    {
        if (value is YamlMappingNode mapping)
            return new YamlSection(mapping, errors);
        errors.Add(value, $"'{kind}' must hold keys and values");
        return null;
    }

    private string? Expression(YamlNode value, string kind)
    {
        if (value is not YamlScalarNode { Value: { Length: > 0 } text })
        {
            errors.Add(value, $"'{kind}' must be a jq expression");
            return null;
        }
        ExpressionCheck.Check(value, text, errors);
        return text;
    }

    private StepDefinition? Project(YamlNode value, string stage)
    {
        if (value is not YamlMappingNode { Children.Count: > 0 } mapping)
        {
            errors.Add(value, "'project' must hold members, each a name and a jq expression");
            return null;
        }
        var section = new YamlSection(mapping, errors);
        var members = new List<(string, string)>();
        foreach (var (key, member) in section.Members)
        {
            if (Expression(member, key.Value!) is { } expression)
                members.Add((key.Value!, expression));
        }
        return new StepDefinition(stage, () => new ProjectStep(stage, members));
    }

    private StepDefinition? Exec(YamlNode value, string stage)
    {
        if (value is not YamlMappingNode mapping)
        {
            errors.Add(value, "'exec' must hold a command: [program, argument, …]");
            return null;
        }
        var section = new YamlSection(mapping, errors);
        var command = section.Require("command") is { } node ? section.Texts(node, "command") : [];
        var timeout = section.Duration("timeout") ?? ProgramCommand.DefaultTimeout;
        section.EndOfKeys();
        return command.Count == 0 ? null : new StepDefinition(stage, () => new ExecStep(stage, new ProgramCommand(command, folder, timeout)));
    }

    private StepDefinition? Code(YamlNode value, string stage)
    {
        if (value is YamlScalarNode { Value: { } name } && CodeTransforms.Find(name) is { } transform)
            return new StepDefinition(stage, () => new CodeStep(stage, transform)) { CreateParsing = () => new CodeStep(stage, transform, parses: true) };
        errors.Add(value, $"'code' must be one of {string.Join(", ", CodeTransforms.Names)}");
        return null;
    }
}
