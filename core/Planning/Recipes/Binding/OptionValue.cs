using System.Text.Json.Nodes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Reads the value of one option.</summary>
internal static class OptionValue
{
    public static JsonNode? Read(OptionInfo option, YamlNode node, out FieldProblem? problem) => option.Type switch
    {
        OptionTypes.Integers => List(option, node, typeof(long), "Write a list of whole numbers: [128, 64].", out problem),
        OptionTypes.Numbers => List(option, node, typeof(double), "Write a list of numbers: [0.5, 0.3, 0.2].", out problem),
        _ => Single(option, node, ClrType(option.Type), out problem),
    };

    private static JsonArray? List(OptionInfo option, YamlNode node, Type type, string remedy, out FieldProblem? problem)
    {
        problem = node is YamlSequence ? null : new($"The value is {node.Description}.", remedy);
        var items = new JsonArray();
        foreach (var item in (node as YamlSequence)?.Items ?? [])
        {
            var value = Single(option, item, type, out var itemProblem);
            problem ??= itemProblem;
            if (itemProblem is null) items.Add(value);
        }

        return problem is null ? items : null;
    }

    private static JsonNode? Single(OptionInfo option, YamlNode node, Type type, out FieldProblem? problem)
    {
        var value = ScalarBinder.Bind(node, type, out problem);
        if (problem is null && type != typeof(string) && type != typeof(bool)) problem = RangeProblem(option, FieldRules.Number(value!));
        return problem is null ? value : null;
    }

    private static FieldProblem? RangeProblem(OptionInfo option, double number) =>
        OptionCheck.IsInRange(option, number)
            ? null
            : new($"The value is {number}.", $"It must be in [{option.Minimum?.ToString() ?? "−∞"}, {option.Maximum?.ToString() ?? "∞"}].");

    private static Type ClrType(string type) => type switch
    {
        OptionTypes.Integer => typeof(long),
        OptionTypes.Number => typeof(double),
        OptionTypes.Boolean => typeof(bool),
        _ => typeof(string),
    };
}
