using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Turns a grid into its cells, each with a recipe per seed that has passed every check of recipes.</summary>
internal sealed class GridBinder(
    StudySeeds seeds, IReadOnlyList<YamlField> common, YamlMapping? recipe, MethodCatalog catalog, ErrorList errors)
{
    private const string Seed = "seed";
    private readonly HashSet<(string Path, string Field, string Reason)> _told = [];
    private MeasureInfo? _measure;
    private int _runs;

    public StudyGrid? Bind(YamlNode node, string path)
    {
        if (node is not YamlMapping group)
        {
            errors.Add(node, path, $"The grid is {node.Description}.", "Write its fields: name, title, seeds, set, axes, sweep.");
            return null;
        }

        var fields = new StudyFields(group, path, errors, "name", "title", "seeds", "set", "axes", "sweep");
        var name = fields.Identifier("name");
        var axes = Axes(fields);
        CheckSweep(fields, axes);
        var role = Role(fields);
        var set = fields.Group("set");
        if (name is null || axes is null || role is null || IsTooLarge(fields, group, axes, seeds.Of(role).Count)) return null;
        return new StudyGrid
        {
            Name = name,
            Title = fields.Text("title", required: false)?.Text ?? name,
            Sweep = fields.Text("sweep", required: false)?.Text,
            SeedRole = role,
            Axes = [.. axes.Select(a => new StudyAxis(a.Key.Text, [.. ((YamlSequence)a.Value).Items.Select(Text)]))],
            Cells = [.. Combinations(axes).Select(values => Cell(path, group, set, values, seeds.Of(role))).OfType<StudyCell>()],
        };
    }

    private string? Role(StudyFields fields)
    {
        if (fields.Find("seeds") is null) return SeedRoles.Judging;
        if (fields.Text("seeds", required: false) is not { } text) return null;
        if (text.Text is not (SeedRoles.Tuning or SeedRoles.Judging))
            fields.Refuse("seeds", text, $"The value is {text.Description}.", "Write 'tuning' for a grid that chooses settings, or 'judging', or remove the line: then it judges.");
        else if (text.Text == SeedRoles.Tuning && seeds is { Tuning.Count: 0, Judging.Count: > 0 })
            fields.Refuse("seeds", text, "The study has no tuning seeds.", "Name some in 'seeds.tuning' at the top of the study, or remove the line.");
        else
            return text.Text;
        return null;
    }

    private static List<YamlField>? Axes(StudyFields fields)
    {
        var axes = fields.Group("axes").ToList();
        foreach (var axis in axes)
        {
            if (axis.Key.Text == Seed)
                fields.Refuse($"axes.{Seed}", axis.Key, "Seeds are no axis: comparisons are paired by them.", "Write 'seeds:' at the top of the study.");
            else if (axis.Value is not YamlSequence { Items.Count: > 0 } list)
                fields.Refuse($"axes.{axis.Key.Text}", axis.Value, $"The value is {axis.Value.Description}.", "Write a list of values: [a, b, c].");
            else if (list.Items.GroupBy(Text).FirstOrDefault(g => g.Count() > 1) is { } twice)
                fields.Refuse($"axes.{axis.Key.Text}", list, $"The list has {twice.Key} twice.", "Name each value once.");
            else
                continue;
            return null;
        }

        return axes;
    }

    private static void CheckSweep(StudyFields fields, List<YamlField>? axes)
    {
        if (fields.Text("sweep", required: false) is not { } sweep || axes is null) return;
        if (axes.FirstOrDefault(a => a.Key.Text == sweep.Text) is not { } axis)
            fields.Refuse("sweep", sweep, $"The grid has no axis '{sweep.Text}'.", NameSuggestion.For(sweep.Text, [.. axes.Select(a => a.Key.Text)]));
        else if (((YamlSequence)axis.Value).Items.Any(v => v is not YamlScalar { Quoted: false } s || !(StudyNumbers.Parse(s.Text) > 0)))
            fields.Refuse("sweep", sweep, $"'{sweep.Text}' is drawn on a logarithmic scale, and not all its values are numbers above 0.", "Name another axis, or remove the line.");
    }

    private bool IsTooLarge(StudyFields fields, YamlMapping group, List<YamlField> axes, int each)
    {
        var cells = axes.Aggregate(1L, (product, axis) => Math.Min(int.MaxValue, product * ((YamlSequence)axis.Value).Items.Count));
        _runs = (int)Math.Min(int.MaxValue, _runs + (cells * Math.Max(1, each)));
        if (_runs <= StudyLimits.Runs) return false;
        fields.Refuse("axes", group, $"With this grid the study has {_runs} runs.", $"Have at most {StudyLimits.Runs}: fewer values, or several studies.");
        return true;
    }

    private static IEnumerable<IReadOnlyList<YamlField>> Combinations(List<YamlField> axes) =>
        axes.Aggregate<YamlField, IEnumerable<IReadOnlyList<YamlField>>>(
            [[]], (done, axis) => done.SelectMany(before => ((YamlSequence)axis.Value).Items.Select(v => (IReadOnlyList<YamlField>)[.. before, new(axis.Key, v)])));

    private static readonly RecipeError WithoutCycles = new(
        1, 1, "workflow", "Studies compare soups cycle by cycle, and other workflows have none.", $"Use the workflow '{SparseModelSoups.Name}', or run the recipe by itself.");

    private static RecipeError OtherMeasure(MeasureInfo measure, MeasureInfo first) => new(
        1, 1, "task", $"Networks are compared by their {measure.Noun}, and those of the study's other cells by their {first.Noun}.", "Give all cells one task, or write a study for each.");

    private StudyCell? Cell(string path, YamlMapping group, IReadOnlyList<YamlField> set, IReadOnlyList<YamlField> values, IReadOnlyList<long> runs)
    {
        if (recipe is null) return null;
        var settings = values.Select(v => KeyValuePair.Create(v.Key.Text, Text(v.Value))).ToList();
        var recipes = new List<Recipe>();
        foreach (var seed in runs)
        {
            var tree = common.Concat(set).Concat(values).Append(SeedField(group, seed)).Aggregate(recipe, (t, f) => YamlOverlay.Set(t, f.Key.Text, f.Value));
            var reading = RecipeReader.Read(tree, catalog);
            if (Problems(reading) is { Count: > 0 } problems) return Refuse(path, group, string.Join(", ", settings.Select(s => $"{s.Key} {s.Value}")), problems);
            recipes.Add(reading.Recipe!);
        }

        return new StudyCell(settings, recipes);
    }

    private IReadOnlyList<RecipeError> Problems(RecipeReading reading)
    {
        if (reading.Recipe is not { } valid) return reading.Errors;
        if (valid.Workflow is not null) return [WithoutCycles];
        var measure = valid.Measure ?? MeasureInfo.Accuracy;
        _measure ??= measure;
        return measure == _measure ? [] : [OtherMeasure(measure, _measure)];
    }

    // What is wrong with the recipe under one value of an axis is wrong with it under all values of the others: once is enough.
    private StudyCell? Refuse(string path, YamlMapping group, string cell, IReadOnlyList<RecipeError> problems)
    {
        foreach (var problem in problems.Where(p => _told.Add((path, p.Field, p.Reason))))
            errors.Add(group, path, $"{(cell.Length == 0 ? "The recipe" : $"With {cell}")}: {problem.Field}: {problem.Reason}", problem.Remedy);
        return null;
    }

    private static YamlField SeedField(YamlMapping group, long seed) =>
        new(new YamlScalar(group.Position, Seed, Quoted: false), new YamlScalar(group.Position, $"{seed}", Quoted: false));

    // A method with options is written as its name and them, a list as its items.
    private static string Text(YamlNode node) => node switch
    {
        YamlScalar scalar => scalar.Text,
        YamlSequence list => $"[{string.Join(", ", list.Items.Select(Text))}]",
        YamlMapping map => $"{{{string.Join(", ", map.Fields.Select(f => $"{f.Key.Text}: {Text(f.Value)}"))}}}",
        _ => JsonSerializer.Serialize(node.Description),
    };
}
