using YamlDotNet.RepresentationModel;

namespace Headrace.Pipelines;

/// <summary>Reads the steps that remember: <c>deduplicate:</c> and <c>window:</c>.</summary>
internal static class WindowsReader
{
    private static readonly Dictionary<string, AggregateFunction> Functions = new(StringComparer.Ordinal)
    {
        ["count"] = AggregateFunction.Count,
        ["sum"] = AggregateFunction.Sum,
        ["min"] = AggregateFunction.Min,
        ["max"] = AggregateFunction.Max,
        ["mean"] = AggregateFunction.Mean,
        ["distinct"] = AggregateFunction.Distinct,
    };

    public static StepDefinition? Deduplicate(YamlSection section, string stage)
    {
        var key = Expression(section, "key", isRequired: true);
        var within = section.Require("within") is null ? null : section.Duration("within");
        var time = Expression(section, "time", isRequired: false);
        section.EndOfKeys();
        return key is null || within is not { } duration
            ? null
            : new StepDefinition(stage, () => new DeduplicateStep(stage, key, duration, time), IsStateful: true);
    }

    public static StepDefinition? Window(YamlSection section, string stage)
    {
        var size = section.Require("size") is null ? null : section.Duration("size");
        var every = section.Duration("every");
        var time = Expression(section, "time", isRequired: true);
        var key = Expression(section, "key", isRequired: false);
        var lateness = section.Duration("lateness") ?? TimeSpan.Zero;
        var closeAtEnd = section.Flag("close-at-end") ?? false;
        var aggregates = section.Require("aggregates") is { } node && section.Section(node, "aggregates") is { } named ? Aggregates(named) : [];
        if (every > size)
            section.Errors.Add(section.Find("every")!, "'every' must not be longer than 'size': records between windows would be lost");
        section.EndOfKeys();
        if (size is not { } length || time is null)
            return null;
        var definition = new WindowDefinition(length, every ?? length, time, key, aggregates, lateness, closeAtEnd);
        return new StepDefinition(stage, () => new WindowStep(stage, definition, TimeProvider.System), IsStateful: true);
    }

    private static List<(string Name, AggregateFunction Function, string? Value)> Aggregates(YamlSection section)
    {
        var aggregates = new List<(string, AggregateFunction, string?)>();
        foreach (var (key, value) in section.Members)
        {
            if (value is YamlScalarNode { Value: "count" })
            {
                aggregates.Add((key.Value!, AggregateFunction.Count, null));
                continue;
            }
            if (value is YamlMappingNode { Children: [{ Key: YamlScalarNode { Value: { } name }, Value: YamlScalarNode { Value: { Length: > 0 } expression } of }] } && Functions.TryGetValue(name, out var function) && function != AggregateFunction.Count)
            {
                ExpressionCheck.Check(of, expression, section.Errors);
                aggregates.Add((key.Value!, function, expression));
                continue;
            }
            section.Errors.Add(value, $"'{key.Value}' must be count, or one of sum, min, max, mean and distinct with an expression, such as {{ sum: .price }}");
        }
        if (section.Node.Children.Count == 0)
            section.Errors.Add(section.Node, "'aggregates' is empty");
        return aggregates;
    }

    private static string? Expression(YamlSection section, string key, bool isRequired)
    {
        if ((isRequired ? section.RequireText(key) : section.Text(key)) is not { } expression)
            return null;
        ExpressionCheck.Check(section.Find(key)!, expression, section.Errors);
        return expression;
    }
}
