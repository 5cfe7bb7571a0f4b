using System.CommandLine;

namespace SparsePipeline.Benchmarks;

/// <summary>The command line of <c>make bench</c>.</summary>
internal static class BenchmarkCommand
{
    public static RootCommand Create()
    {
        var names = new Argument<string[]>("names") { Description = $"Benchmarks to run; all when none is named: {string.Join(", ", BenchmarkList.All.Select(b => b.Name))}.", Arity = ArgumentArity.ZeroOrMore };
        var scale = new Option<double>("--scale") { Description = "Share of the full size, in (0, 1]; targets are meant for 1.", DefaultValueFactory = _ => 1 };
        var pairs = new Option<int>("--pairs") { Description = "Paired measurements of every ratio.", DefaultValueFactory = _ => 7 };
        var output = new Option<string?>("--output") { Description = "Write PATH.md and PATH.json." };
        var folder = new Option<string?>("--folder") { Description = "Where to put the large files; /dev/shm when they fit there, else the temporary folder." };
        var strict = new Option<bool>("--strict") { Description = "Exit with 1 when a target is missed." };
        scale.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 1))
                result.AddError("--scale is a share in (0, 1].");
        });
        var command = new RootCommand("Measures SparsePipeline's speed targets as ratios inside one run.") { names, scale, pairs, output, folder, strict };
        command.SetAction((parsed, cancellationToken) => BenchmarkRun.RunAsync(
            BenchmarkList.Select(parsed.GetValue(names) ?? []),
            new BenchmarkSettings(parsed.GetValue(scale), parsed.GetValue(pairs), parsed.GetValue(folder)),
            parsed.GetValue(output),
            parsed.GetValue(strict),
            cancellationToken));
        return command;
    }
}
