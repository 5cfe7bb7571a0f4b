using System.CommandLine;
using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Recipes;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Learning.Data;

namespace SparsePipeline.Cli.Commands;

/// <summary>The options by which a command is told what a checkpoint's network and data are.</summary>
internal static class ModelAndDataOptions
{
    private static readonly Option<string?> Recipe = new("--recipe")
    {
        Description = "Takes model, data and task from a recipe, splits and limits included.",
        HelpName = "RECIPE",
    };

    private static readonly Option<string?> Model = new("--model") { Description = "The architecture; `sparsepipe methods model` lists them." };

    private static readonly Option<string?> ModelFile = new("--model-file") { Description = "The file of a model that is read from one.", HelpName = "FILE" };

    private static readonly Option<string[]> ModelOption = new("--option") { Description = "An option of the model; may be repeated.", HelpName = "NAME=VALUE" };

    private static readonly Option<string?> Data = new("--data") { Description = "The data set; `sparsepipe methods data` lists them." };

    private static readonly Option<string?> DataPath = new("--data-path") { Description = "Folder of the files, or the file, for data sets that are not built in.", HelpName = "PATH" };

    private static readonly Option<string[]> DataOption = new("--data-option") { Description = "An option of the data set; may be repeated.", HelpName = "NAME=VALUE" };

    private static readonly Option<string?> Task = new("--task") { Description = "What the network does, classification if left out; `sparsepipe methods task` lists them." };

    private static readonly Option<string[]> TaskOption = new("--task-option") { Description = "An option of the task; may be repeated.", HelpName = "NAME=VALUE" };

    public static IReadOnlyList<Option> All { get; } = [Recipe, Model, ModelFile, ModelOption, Data, DataPath, DataOption, Task, TaskOption];

    /// <returns>The model, the data, the model's file if it is read from one, and the task if it is none of the default.</returns>
    /// <exception cref="DomainException">Neither a recipe nor both model and data are given, or files of theirs are missing or refused.</exception>
    public static (ModelSpec Model, DataSpec Data, LocalFile? Script, MethodSpec? Task) Read(Invocation invocation)
    {
        if (invocation.Value(Recipe) is { } path && RecipeFile.Open(path) is var (recipe, files))
            return (recipe.Model, recipe.Data, files.FirstOrDefault(f => f.Artifact == recipe.Model.Script), recipe.Task);
        if (invocation.Value(Model) is not { } model || invocation.Value(Data) is not { } name)
            throw new DomainException(FailureCodes.InvalidOption, "--model or --data is missing.", "Give both, or --recipe.");
        if (Catalog.Create() is var catalog && catalog.Find(MethodAxes.Model, model) is null)
            throw new DomainException(FailureCodes.UnknownMethod, $"There is no model '{model}'.", NameSuggestion.For(model, [.. catalog.Names(MethodAxes.Model)]));
        var data = new DataSpec
        {
            Name = name,
            Path = invocation.Value(DataPath) is { } place ? Path.GetFullPath(place) : null,
            Options = MethodOptionCheck.Run(MethodAxes.Data, name, MethodOptionParser.Parse(invocation.Value(DataOption), DataOption.Name), DataOption.Name),
        };
        var script = ScriptOf(model, invocation.Value(ModelFile));
        var spec = new ModelSpec { Name = model, Options = MethodOptionCheck.Run(MethodAxes.Model, model, MethodOptionParser.Parse(invocation.Value(ModelOption))), Script = script?.Artifact };
        return (spec, data with { Digest = DataSets.Digest(data) }, script, TaskOf(invocation));
    }

    private static MethodSpec? TaskOf(Invocation invocation)
    {
        var name = invocation.Value(Task) ?? MethodDefaults.Task;
        var options = MethodOptionCheck.Run(MethodAxes.Task, name, MethodOptionParser.Parse(invocation.Value(TaskOption), TaskOption.Name), TaskOption.Name);
        return name == MethodDefaults.Task ? null : new MethodSpec { Name = name, Options = options };
    }

    private static LocalFile? ScriptOf(string model, string? file) => file switch
    {
        null => null,
        _ when Catalog.Create().Find(MethodAxes.Model, model) is { File: null } => throw new DomainException(
            FailureCodes.InvalidOption, $"--model-file is given, but model {model} is built in.", "Leave it out."),
        _ => LocalFile.Of(Path.GetFullPath(file), ArtifactFormats.TorchScript, ScriptFile.Check),
    };
}
