using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class TaskRulesTests
{
    private static readonly MeasureInfo Error = new("error", "error", FigureInfo.Real, HigherIsBetter: false);

    private static readonly MethodCatalog Tasks = new(
    [
        .. Catalog.Test.Methods,
        Method(MethodAxes.Task, "classification") with { DataKind = DataKinds.Any, Measures = [MeasureInfo.Accuracy] },
        Method(MethodAxes.Task, "tokens") with { DataKind = DataKinds.Text, Measures = [Error] },
        Method(MethodAxes.Task, "again") with { DataKind = DataKinds.Numbers, Targets = TargetKinds.None, Measures = [Error] },
        Method(MethodAxes.Task, "amounts") with { DataKind = DataKinds.Numbers, Targets = TargetKinds.Numbers, Measures = [Error] },
        Method(MethodAxes.Data, "rows") with { DataKind = DataKinds.Numbers, Targets = TargetKinds.None },
        Method(MethodAxes.Data, "table", OptionInfo.Text(TargetKinds.Option, "What.", TargetKinds.Classes)) with { DataKind = DataKinds.Numbers },
        Method(MethodAxes.Model, "coder") with { DataKind = DataKinds.Numbers, Task = "again" },
        Method(MethodAxes.Model, "perceptron") with { DataKind = DataKinds.Numbers },
        Method(MethodAxes.Metric, "f1"),
    ]);

    [Theory]
    [InlineData("tokens", "digits", "task: The task 'tokens' works on text, but the data is images ('digits'). Use other data, or one of the tasks that fit: again, classification.")]
    [InlineData("amounts", "digits", "task: The task 'amounts' learns a real number for each example, but the data has a class for each example ('digits'). Use other data, or one of the tasks that fit: again, classification.")]
    [InlineData("amounts", "rows", "task: The task 'amounts' learns a real number for each example, but the data has no targets ('rows'). Use other data, or one of the tasks that fit: again.")]
    [InlineData("classification", "{name: table, options: {targets: numbers}}", "task: The task 'classification' learns a class for each example, but the data has a real number for each example ('table'). Use other data, or one of the tasks that fit: again, amounts.")]
    public void A_task_that_cannot_be_learnt_from_the_data_is_refused_by_name(string task, string data, string error) =>
        Read($"task: {task}", "perceptron", data).Errors.ShouldHaveSingleItem().ToString().ShouldEndWith(error);

    [Fact]
    public void Without_a_task_the_data_is_blamed() =>
        Read("", "perceptron", "rows").Errors.ShouldHaveSingleItem().ToString().ShouldContain("data: The task 'classification' learns a class for each example, but the data has no targets");

    [Fact]
    public void All_that_does_not_go_with_the_task_is_refused_at_once()
    {
        var errors = Read("task: amounts", "coder", "digits", ", labelSmoothing: 0.1, mixup: 0.2", "evaluation: {metrics: [f1]}").Errors.Select(e => e.ToString()).ToList();

        errors.Count.ShouldBe(5);
        errors.ShouldContain(e => e.Contains("model: The model 'coder' is made for the task 'again', and the task is 'amounts'. Set task to again, or use another model."));
        errors.ShouldContain(e => e.Contains("pretraining.labelSmoothing: The task 'amounts' has no classes"));
        errors.ShouldContain(e => e.Contains("pretraining.mixup: The task 'amounts' has no classes"));
        errors.ShouldContain(e => e.Contains("evaluation.metrics: These metrics are taken of classes"));
    }

    [Fact]
    public void The_measure_of_the_task_is_written_into_the_recipe_and_reaches_the_specs()
    {
        var recipe = Read("task: again", "coder", "rows").Recipe!;

        (recipe.Task!.Name, recipe.Measure).ShouldBe(("again", Error));
        TrainSpecs.Dense(recipe).Task.ShouldBe(recipe.Task);
    }

    [Fact]
    public void The_default_written_out_changes_no_run()
    {
        var (plain, written) = (Read("", "perceptron", "digits").Recipe!, Read("task: classification", "perceptron", "digits").Recipe!);

        RunId.Of(written).ShouldBe(RunId.Of(plain));
        (written.Task, written.Measure).ShouldBe((null, null));
    }

    private static RecipeReading Read(string task, string model, string data, string pretraining = "", string more = "") => RecipeReader.Read(
        $"""
        name: tasks
        {task}
        model: {model}
        data: {(data.StartsWith('{') ? data : $"{"{"}name: {data}{"}"}")}
        pretraining: {"{"}epochs: 1, learningRate: 0.1{pretraining}{"}"}
        sparsification: {"{"}sparsity: 0.5{"}"}
        retraining: {"{"}epochs: 1{"}"}
        {more}
        """,
        Tasks);

    private static MethodInfo Method(string axis, string name, params OptionInfo[] options) =>
        new() { Axis = axis, Name = name, Title = name, UseWhen = "In tests.", Options = options };
}
