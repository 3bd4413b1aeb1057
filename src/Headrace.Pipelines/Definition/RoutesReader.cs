using YamlDotNet.RepresentationModel;

namespace Headrace.Pipelines;

/// <summary>Reads <c>routes:</c>.</summary>
internal static class RoutesReader
{
    public static IReadOnlyList<PipelineRoute> Read(YamlSection root, YamlNode node, IReadOnlyList<PipelineDestination> destinations)
    {
        if (node is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            root.Errors.Add(node, "'routes' must be a list of routes");
            return [];
        }
        var routes = new List<PipelineRoute>();
        foreach (var child in list.Children)
        {
            if (root.Section(child, "routes") is { } section)
                routes.Add(Route(section, destinations));
        }
        for (var i = 0; i + 1 < routes.Count; i++)
        {
            if (routes[i] is { When: null, Continue: false })
                root.Errors.Add(list.Children[i + 1], "no record reaches this route: the one above takes all");
        }
        return routes;
    }

    private static PipelineRoute Route(YamlSection section, IReadOnlyList<PipelineDestination> destinations)
    {
        var to = section.Require("to") is { } node ? section.Texts(node, "to") : [];
        foreach (var name in to.Where(name => destinations.All(destination => destination.Name != name)))
            section.Errors.Add(section.Find("to")!, $"there is no destination '{name}'");
        var when = section.Text("when");
        if (when is not null)
            ExpressionCheck.Check(section.Find("when")!, when, section.Errors);
        var goesOn = section.Flag("continue") ?? false;
        section.EndOfKeys();
        return new PipelineRoute(to) { When = when, Continue = goesOn };
    }
}
