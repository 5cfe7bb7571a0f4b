using System.Diagnostics;
using SparsePipeline.Checkpoints;
using SparsePipeline.TestKit;

namespace SparsePipeline.EndToEnd;

/// <summary>Every command that takes paths, with every form a path may have: what stands between folder and file must not matter.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PathFormTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PathFormTests()
    {
        foreach (var folder in new[] { "here", "here/with blanks", "elsewhere" })
        {
            Directory.CreateDirectory(_folder.File(folder));
            Fill(_folder.File(folder));
        }

        // Links stand alone beside nothing they name: what a recipe names lies beside the file that a link leads to.
        Directory.CreateDirectory(_folder.File("here/links"));
        foreach (var file in Directory.GetFiles(_folder.File("elsewhere")).Where(f => Path.GetFileName(f) != "rows.pt"))
            File.CreateSymbolicLink(_folder.File($"here/links/{Path.GetFileName(file)}"), file);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Files are written as {name}, outputs as [name].</summary>
    public static TheoryData<string, string> Matrix => Of("bare", "dot", "absolute", "blanks", "link", "home");

    /// <summary>Of the forms those that differ in what stands before the name.</summary>
    public static TheoryData<string, string> Nowhere => Of("bare", "blanks");

    private static string[] Commands =>
    [
        "inspect {net.safetensors}",
        "verify {net.safetensors} --mask {mask.safetensors}",
        "prune {net.safetensors} -s 0.5 --mask {mask.safetensors} -o [cut]",
        "soup {net.safetensors} {other.safetensors} --mask {mask.safetensors} -o [soup.safetensors]",
        "export {net.safetensors} --format packed --mask {mask.safetensors} -o [packed.safetensors]",
        "evaluate {rows.safetensors} --recipe {recipe.yaml}",
        "evaluate {rows.safetensors} --model torchscript --model-file {script.pt} --data csv --data-path {table.csv}",
        "bench-model {mlp.safetensors} --model mlp --option hidden=[4] --data csv --data-path {table.csv}",
        "plan {recipe.yaml} --store [store]",
        "study {study.yaml} --plan --store [store]",
        "run {recipe.yaml} --store [store] --output [report] --runners 1",
        "runs list --store [.]",
        "gc --store [.]",
    ];

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task A_command_takes_a_path_in_whatever_form_it_is_typed(string command, string form)
    {
        var arguments = Words(command, form);

        var (code, output) = await ShellAsync($"'{Path.Combine(AppContext.BaseDirectory, "SparsePipeline.Cli")}' {arguments}");

        code.ShouldBe(0, $"{arguments}\n{output}");
        output.ShouldNotContain("   at ");
    }

    /// <summary>Missing files are named in every form, and nothing is a defect of the program.</summary>
    [Theory]
    [MemberData(nameof(Nowhere))]
    public async Task A_path_that_leads_nowhere_is_refused_by_its_name(string command, string form)
    {
        if (!command.Contains('{', StringComparison.Ordinal))
            return;
        var missing = command.Replace("{", "{no-such-", StringComparison.Ordinal);

        var (code, output) = await ShellAsync($"'{Path.Combine(AppContext.BaseDirectory, "SparsePipeline.Cli")}' {Words(missing, form)}");

        code.ShouldBeOneOf([1, 2, 3], output);
        output.ShouldContain("no-such-");
        output.ShouldNotContain("   at ");
    }

    private static TheoryData<string, string> Of(params string[] forms)
    {
        var matrix = new TheoryData<string, string>();
        foreach (var command in Commands)
            foreach (var form in forms)
                matrix.Add(command, form);
        return matrix;
    }

    private string Words(string command, string form)
    {
        var folder = form switch { "bare" => "", "dot" => "./", "absolute" => _folder.File("here") + "/", "blanks" => "with blanks/", "link" => "links/", _ => "~/" };
        return command
            .Replace("{", Open(folder), StringComparison.Ordinal).Replace("}", "'", StringComparison.Ordinal)
            .Replace("[.]", form == "home" ? "~" : "'" + (folder.Length == 0 ? "." : folder.TrimEnd('/')) + "'", StringComparison.Ordinal)
            .Replace("-o [", $"-o {Open(folder)}", StringComparison.Ordinal).Replace("--store [", $"--store {Open(folder)}", StringComparison.Ordinal)
            .Replace("--output [", $"--output {Open(folder)}", StringComparison.Ordinal).Replace("]", "'", StringComparison.Ordinal)
            .Replace("hidden=[4'", "hidden='[4]'", StringComparison.Ordinal);
    }

    /// <summary>What is quoted the shell leaves alone; the tilde is the shell's.</summary>
    private static string Open(string folder) => folder == "~/" ? "~/'" : $"'{folder}";

    private async Task<(int Code, string Output)> ShellAsync(string line)
    {
        var start = new ProcessStartInfo("sh", ["-c", line + " 2>&1"])
        {
            WorkingDirectory = _folder.File("here"),
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["HOME"] = _folder.File("elsewhere") },
        };
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (shell.ExitCode, output);
    }

    private static void Fill(string folder)
    {
        string In(string name) => Path.Combine(folder, name);
        Weights(In("net.safetensors"), ("a.weight", [2, 4]));
        Weights(In("other.safetensors"), ("a.weight", [2, 4]));
        new SparsityMask([new TensorMask("a.weight", [2, 4], [0xFF])]).Save(In("mask.safetensors"));
        Weights(In("mlp.safetensors"), ("layers.0.weight", [4, 2]), ("layers.0.bias", [4]), ("layers.1.weight", [3, 4]), ("layers.1.bias", [3]));
        Weights(
            In("rows.safetensors"),
            ("hidden.weight", [32, 2]), ("hidden.bias", [32]), ("norm.weight", [32]), ("norm.bias", [32]), ("norm.running_mean", [32]), ("norm.running_var", [32]),
            ("classifier.weight", [3, 32]), ("classifier.bias", [3]));
        File.Copy(ExampleScript.RowsFile, In("rows.pt"));
        File.Copy(ExampleScript.RowsFile, In("script.pt"));
        File.WriteAllText(In("table.csv"), "x,y,kind\n" + string.Join('\n', Enumerable.Range(0, 90).Select(i => $"{i},{i % 7},{"abc"[i % 3]}")));
        File.WriteAllText(In("recipe.yaml"), $$"""
            name: forms
            model: { name: torchscript, file: rows.pt }
            data: { name: csv, path: "{{In("table.csv")}}" }
            pretraining: { epochs: 1, learningRate: 0.1, batchSize: 8, weights: rows.safetensors }
            sparsification: { sparsity: 0.5, cycles: 1 }
            retraining: { epochs: 1, candidates: 2 }
            evaluation: { baselines: [] }
            """);
        File.WriteAllText(In("study.yaml"), """
            name: forms
            title: Forms
            recipe: recipe.yaml
            seeds: { tuning: [], judging: [1, 2] }
            grids:
              - { name: sparsity, title: Sparsity, axes: { sparsification.sparsity: [0.5, 0.6] } }
            """);
    }

    private static void Weights(string path, params (string Name, long[] Shape)[] tensors)
    {
        using var writer = StateDictWriter.Create(path, [.. tensors.Select(t => TensorInfo.Of(t.Name, TensorType.F32, t.Shape))]);
        foreach (var (name, shape) in tensors)
            writer.Floats(name, 0, (int)shape.Aggregate((a, b) => a * b)).Fill(0.5f);
        writer.Complete();
    }
}
