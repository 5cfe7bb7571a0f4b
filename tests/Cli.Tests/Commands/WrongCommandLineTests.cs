using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

/// <summary>Command lines that a stranger types; each is answered in words that name the option, what was typed, and what to type.</summary>
public sealed class WrongCommandLineTests : IDisposable
{
    private static readonly string[] NeverSaid = ["System.", "Nullable", "expected type", "   at ", "Exception", "Unrecognized command or argument", "Required argument missing"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A word that begins with @ is a file of the test's folder.</summary>
    [Theory]
    [InlineData("exprt x", "There is no command 'exprt'. Did you mean 'export'?")]
    [InlineData("nonsense", "There is no command 'nonsense'. Known: run, plan,")]
    [InlineData("runs", "The command is not complete: one of list, show, ")]
    [InlineData("runs lst", "There is no command 'lst'. Did you mean 'list'?")]
    [InlineData("runs list --sort date", "--sort is 'date'.")]
    [InlineData("runs show", "RUN is missing.")]
    [InlineData("runs show x --store @nowhere", "does not exist. Name the folder that `sparsepipe run` wrote to")]
    [InlineData("runs list --store @a.safetensors", "a.safetensors is a file, and a folder is wanted.")]
    [InlineData("prune", "FILE is missing.")]
    [InlineData("prune", "--sparsity is missing. Add --sparsity FRACTION.")]
    [InlineData("prune @a.safetensors -s", "--sparsity has no value. Write --sparsity FRACTION.")]
    [InlineData("prune @a.safetensors -s 0.5 -s 0.6", "--sparsity has 2 values: '0.5', '0.6'. Give one.")]
    [InlineData("prune @a.safetensors -s ninety", "--sparsity: 'ninety' is no number. Write it in digits, for example 0.9.")]
    [InlineData("prune @a.safetensors -s 0,9", "--sparsity: '0,9' is no number. Write 0.9, with a point.")]
    [InlineData("prune @a.safetensors -s 90%", "--sparsity: '90%' is no number. Write 0.9: shares are numbers from 0 to 1.")]
    [InlineData("prune @a.safetensors -s NaN", "--sparsity: 'NaN' is no number.")]
    [InlineData("prune @a.safetensors -s 90", "sparsity is 90. Give a fraction in [0, 1), such as 0.9 for 90 %.")]
    [InlineData("prune @a.safetensors --sparsety 0.9", "There is no option '--sparsety'. Did you mean '--sparsity'?")]
    [InlineData("prune @a.safetensors -s 0.5 --seed one", "--seed: 'one' is no whole number. Write it in digits, for example 3.")]
    [InlineData("prune @a.safetensors -s 0.5 --seed 1.5", "--seed: '1.5' is no whole number.")]
    [InlineData("prune @a.safetensors -s 0.5 --seed 1,5", "--seed: '1,5' is no whole number.")]
    [InlineData("prune @a.safetensors -s 0.5 --method global-magnitud", "There is no pruner 'global-magnitud'. Did you mean 'global-magnitude'?")]
    [InlineData("prune @a.safetensors -s 0.5 --structure rows", "There is no structure 'rows'. Did you mean 'row'?")]
    [InlineData("prune @a.safetensors -s 0.5 --allocation unifrom", "There is no allocation 'unifrom'. Did you mean 'uniform'?")]
    [InlineData("prune @a.safetensors -s 0.5 --option ratio", "--option 'ratio' is not of the form name=value.")]
    [InlineData("prune @a.safetensors -s 0.5 --option ratio=1", "The pruner 'global-magnitude' has no option 'ratio'. It takes none.")]
    [InlineData("prune @nowhere.safetensors -s 0.5", "nowhere.safetensors does not exist. Give the path of a .safetensors file")]
    [InlineData("prune @a.safetensor -s 0.5", "a.safetensor does not exist. Did you mean 'a.safetensors'?")]
    [InlineData("prune @a.safetensors -s 0.5 --mask @nowhere", "nowhere does not exist.")]
    [InlineData("prune @nan.safetensors -s 0.5", "2 tensors hold NaN or infinity: 'fc.bias' (NaN at flat index 0), 'fc.weight' (NaN at flat index 0).")]
    [InlineData("soup @a.safetensors @nan.safetensors -o @o", "nan.safetensors holds NaN or infinity in 2 tensors: 'fc.bias'")]
    [InlineData("soup @a.safetensors", "FILES: 1 given, and at least 2 are needed.")]
    [InlineData("soup @a.safetensors @b.safetensors", "--output is missing. Add --output FILE.")]
    [InlineData("soup @a.safetensors @b.safetensors -o @o --weights 0,5 0,5", "--weights: '0,5' is no number. Write 0.5, with a point.")]
    [InlineData("soup @a.safetensors @b.safetensors -o @o --weights half half", "--weights: 'half' is no number.")]
    [InlineData("soup @a.safetensors @b.safetensors -o @o --weights 0.5 0.6", "they add up to 1.1.")]
    [InlineData("evaluate @a.safetensors", "--model or --data is missing. Give both, or --recipe.")]
    [InlineData("evaluate @a.safetensors --model mlpp --data digits", "There is no model 'mlpp'. Did you mean 'mlp'?")]
    [InlineData("evaluate @a.safetensors --model mlp --data digit", "There is no data 'digit'. Did you mean 'digits'?")]
    [InlineData("evaluate @a.safetensors --model mlp --data digits --option hidden=128,64", "'128,64' is no list of whole numbers. Write --option 'hidden=[128,64]', with brackets.")]
    [InlineData("evaluate @a.safetensors --model mlp --data digits --option hidden=many", "'many' is no list of whole numbers.")]
    [InlineData("evaluate @a.safetensors --model mlp --data digits --option hiden=[16]", "The model 'mlp' has no option 'hiden'. Did you mean 'hidden'?")]
    [InlineData("evaluate @a.safetensors --model mlp --data digits --option batchNorm=yes", "'yes' is no switch. Write --option batchNorm=true or --option batchNorm=false.")]
    [InlineData("evaluate @a.safetensors --model mlp --data digits --option hidden=[0]", "It must be from 1 to 65536.")]
    [InlineData("evaluate @a.safetensors --model mlp --data digits --corruption fogg", "There is no corruption 'fogg'. Did you mean 'fog'?")]
    [InlineData("evaluate @a.safetensors --model mlp --data digits --corruption fog --severity six", "--severity: 'six' is no whole number.")]
    [InlineData("evaluate @a.safetensors --recipe @nowhere.yaml", "RECIPE ")]
    [InlineData("evaluate @a.safetensors --model torchscript --model-file @folder --data digits", "folder is a folder, and a file is wanted.")]
    [InlineData("bench-model @a.safetensors --recipe @small.yaml --batch many", "--batch: 'many' is no whole number.")]
    [InlineData("run", "RECIPE is missing.")]
    [InlineData("run @nowhere.yaml", "does not exist. Give the path of a recipe")]
    [InlineData("run @smal.yaml", "Did you mean 'small.yaml'?")]
    [InlineData("run @folder", "folder is a folder, and a file is wanted.")]
    [InlineData("run @nowhere/small.yaml", "does not exist, and neither does its folder")]
    [InlineData("run @a.safetensors", "is no recipe. A recipe is a YAML file")]
    [InlineData("run @small.yaml --runners two", "--runners: 'two' is no whole number.")]
    [InlineData("run @small.yaml --runners 0", "--runners is 0, but must be 1 to 1024.")]
    [InlineData("run @small.yaml --runner 2", "There is no option '--runner'. Did you mean '--runners'?")]
    [InlineData("run @small.yaml extra", "'extra' is one word too many.")]
    [InlineData("plan @small.yaml --stpes", "There is no option '--stpes'. Did you mean '--steps'?")]
    [InlineData("study @small.yaml", "is a recipe, not a study. Run it with `sparsepipe run")]
    [InlineData("study @folder", "folder is a folder, and a file is wanted.")]
    [InlineData("study @study.yaml --at-once many", "--at-once: 'many' is no whole number.")]
    [InlineData("run @study.yaml", "is a study, not a recipe. Run it with `sparsepipe study")]
    [InlineData("inspect", "FILE is missing.")]
    [InlineData("inspect @bare", "bare is a folder; give one that holds model.safetensors")]
    [InlineData("export @a.safetensors", "--output is missing.")]
    [InlineData("export @a.safetensors -o @x --format zip", "--format is 'zip'. Known: safetensors, packed.")]
    [InlineData("export @a.safetensors -o @x --format pack", "Did you mean 'packed'?")]
    [InlineData("export @a.safetensors -o @x --cycle one", "--cycle: 'one' is no whole number.")]
    [InlineData("export @a.safetensors -o @x --cycle 1", "--cycle is given, but ")]
    [InlineData("export @bare -o @x", "bare is a folder, and a file is wanted.")]
    [InlineData("methods prunr", "Did you mean 'pruner'?")]
    [InlineData("gc --grace 1,5h --store @", "Write decimals with a point.")]
    public async Task A_wrong_word_is_answered_with_what_to_write(string line, string answer)
    {
        Prepare();

        var run = await CliRun.InvokeAsync([.. line.Split(' ').Select(w => w.StartsWith('@') ? _folder.File(w[1..]) : w)]);

        run.ExitCode.ShouldBeOneOf(ExitCodes.Usage, ExitCodes.RefusedInput);
        run.Error.ShouldContain(answer);
        run.ErrorLines.ShouldAllBe(l => l.StartsWith("error: ", StringComparison.Ordinal));
        NeverSaid.ShouldAllBe(words => !run.Error.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sparsification: { sparsity: 0,5, cycles: 1 }", "Write decimals with a point, as in 0.9: a comma begins the next field.")]
    [InlineData("sparsification:\n  sparsity: 0,5", "sparsification.sparsity: The value is '0,5'. Write 0.5, with a point.")]
    [InlineData("sparsification:\n  sparsity: 50%", "sparsification.sparsity: The value is '50%'. Write 0.5: shares are numbers from 0 to 1.")]
    [InlineData("sparsification: { sparsty: 0.5 }", "There is no such field. Did you mean 'sparsity'?")]
    [InlineData("sparsification: { sparsity: 0.5, method: lamp }", "There is no pruner 'lamp'.")]
    [InlineData("sparsification: { sparsity: 0.5, structure: rows }", "There is no structure 'rows'. Did you mean 'row'?")]
    public async Task A_wrong_value_of_a_recipe_is_answered_with_what_to_write(string part, string answer)
    {
        var recipe = SmallRecipe.Write(_folder.File("r.yaml"), "sparsification: { sparsity: 0.5, cycles: 1 }", part);

        var run = await CliRun.InvokeAsync("plan", recipe, "--store", _folder.File("store"));

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain(answer);
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_command_line_is_told_at_once()
    {
        var run = await CliRun.InvokeAsync("prune", "a", "-s", "ninety", "--seed", "one", "--structre", "row");

        run.ErrorLines.Count.ShouldBe(3);
        run.Error.ShouldContain("'ninety'");
        run.Error.ShouldContain("'one'");
        run.Error.ShouldContain("--structre");
    }

    private void Prepare()
    {
        foreach (var name in new[] { "a", "b", "folder/model" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
            new StateDictBuilder().Random("fc.weight", [4, 4], 1).Random("fc.bias", [4], 2).Save(_folder.File($"{name}.safetensors"));
        }

        new StateDictBuilder().Floats("fc.weight", [4, 4], [float.NaN, .. new float[15]]).Floats("fc.bias", [4], float.NaN, 0, 0, 0).Save(_folder.File("nan.safetensors"));
        Directory.CreateDirectory(_folder.File("bare"));
        SmallRecipe.Write(_folder.File("small.yaml"));
        File.WriteAllText(_folder.File("study.yaml"), "name: pair\nrecipe: small.yaml\nseeds: { tuning: [2], judging: [1] }\ngrids:\n- name: only\n  axes: { retraining.candidates: [2] }\n");
    }
}
