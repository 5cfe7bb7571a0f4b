using System.Reflection;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

/// <summary>A method that was mended makes other steps of those that use it, on whichever axis it is.</summary>
public sealed class MethodVersionKeyTests
{
    private const string Yaml = """
        name: digits
        model: mlp
        data: { name: digits, augmentation: shift }
        pretraining: { epochs: 10, learningRate: 0.1 }
        sparsification: { sparsity: 0.9, cycles: 2 }
        retraining: { epochs: 4, candidates: 2 }
        soup: { maskPolicy: union }
        evaluation: { corruptions: [fog], metrics: [macro-f1], baselines: [dense] }
        """;

    /// <summary>Axis, method, and the kinds of step that are other steps once it was mended.</summary>
    public static TheoryData<string, string, string> Mended => new(
        (MethodAxes.Model, "mlp", "evaluate,soup,train"), (MethodAxes.Data, "digits", "evaluate,soup,train"), (MethodAxes.Augmentation, "shift", "evaluate,soup,train"),
        (MethodAxes.Corruption, "fog", "evaluate"), (MethodAxes.Metric, "macro-f1", "evaluate"), (MethodAxes.Allocation, "global", "prune"),
        (MethodAxes.Structure, "unstructured", "prune"), (MethodAxes.Retraining, "LLR", "train"), (MethodAxes.MaskPolicy, "union", "soup"),
        // Its result is the sparsities that the specs of cuts hold.
        (MethodAxes.SparsitySchedule, "geometric", ""));

    [Theory]
    [MemberData(nameof(Mended))]
    public void Raising_the_version_changes_the_keys_of_the_steps_that_use_the_method(string axis, string name, string kinds)
    {
        var (plain, mended) = (Read(Catalog.Test), Read(Raised(axis, name)));
        var (before, after) = (Steps(plain), Steps(mended));

        RunId.Of(mended).ShouldNotBe(RunId.Of(plain));
        mended.Versions.ShouldBe(new Dictionary<string, int> { [$"{axis}/{name}"] = 2 });
        after.Values.Where(s => s.Spec!.Versions is not null || (s.Spec as TrainSpec)?.Schedule.Version is not null).Select(s => s.Kind).Distinct().Order()
            .ShouldBe(kinds.Split(',', StringSplitOptions.RemoveEmptyEntries));
        foreach (var step in after.Values.Where(s => s.Spec!.Versions is not null))
            step.Key.ShouldNotBe(before[step.Node].Key, step.Node);
        foreach (var step in after.Values.Where(s => !Uses(s, after)))
            step.Key.ShouldBe(before[step.Node].Key, step.Node);
    }

    [Fact]
    public void Every_axis_whose_methods_are_named_bare_is_looked_at()
    {
        var bare = new[] { typeof(DataSpec), typeof(SparsificationRecipe), typeof(RetrainingRecipe), typeof(SoupRecipe), typeof(EvaluationRecipe), typeof(PretrainingRecipe), typeof(Recipe) }
            .SelectMany(type => type.GetProperties()).Where(p => p.PropertyType == typeof(string) || p.PropertyType == typeof(IReadOnlyList<string>) || p.PropertyType == typeof(ModelSpec))
            .Select(p => p.GetCustomAttribute<MethodAxisAttribute>()?.Axis).OfType<string>().Distinct();

        // A baseline is steps of the graph, which are what they are.
        bare.Except([MethodAxes.Baseline]).Order().ShouldBe(Mended.Select(row => row.Data.Item1).Distinct().Order());
    }

    [Fact]
    public void A_stored_recipe_keeps_its_versions_and_people_need_not_write_them()
    {
        var catalog = Raised(MethodAxes.Structure, "unstructured");

        CanonicalJson.Serialize(RecipeReader.Read(Yaml + "\nversions: { structure/unstructured: 7 }", catalog).Recipe).ShouldBe(CanonicalJson.Serialize(Read(catalog)));
        RecipeSchema.Generate(catalog).ShouldNotContain("\"versions\"");
    }

    private static bool Uses(PlannedStep step, Dictionary<string, PlannedStep> all) =>
        step.Spec!.Versions is not null || (step.Spec as TrainSpec)?.Schedule.Version is not null || step.DependsOn.Any(d => Uses(all[d], all));

    private static MethodCatalog Raised(string axis, string name)
    {
        Catalog.Test.Find(axis, name).ShouldNotBeNull();
        return new(Catalog.Test.Methods.Select(m => m.Axis == axis && m.Name == name ? m with { Version = 2 } : m));
    }

    private static Recipe Read(MethodCatalog catalog)
    {
        var reading = RecipeReader.Read(Yaml, catalog);
        reading.Errors.ShouldBeEmpty();
        return reading.Recipe!;
    }

    private static Dictionary<string, PlannedStep> Steps(Recipe recipe) => new FakeWorld().RunToEnd(recipe).Steps.ToDictionary(s => s.Node);
}
